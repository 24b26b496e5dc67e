import { describe, expect, it } from 'vitest';
import type { ProfileSnapshot, SectionName } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ProfileReading, ProfileSections, SavedSection, SectionChanges } from '../../provider/provider.ts';
import { createSequence } from '../../core/sequence.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { makeSections } from '../../testing/make-sections.ts';
import { AccountState } from '../../resources/account-state.ts';
import { createProfileStore, type CacheEntry } from './profile-cache.ts';
import { ProfileService, type ProfileAccount } from './profile.service.ts';

/** A provider's account with revisions, that can lose its answer or be out of reach. */
class Remote implements ProfileAccount {
  sections = makeSections();
  writes = 0;
  fault: 'none' | 'unreachable' | 'answer-lost' = 'none';

  async readProfile(): Promise<ProfileReading> {
    if (this.fault === 'unreachable') throw new AppError('offline', { reason: 'connection-refused' });
    return { operations: { 'deletion.remove': { kind: 'editable' } }, sections: structuredClone(this.sections) };
  }

  async updateSection<S extends SectionName>(
    name: S,
    changes: SectionChanges[S],
    revision: string,
  ): Promise<SavedSection<S>> {
    if (this.fault === 'unreachable') throw new AppError('offline', { reason: 'connection-refused' });
    const section: ProfileSections[S] = this.sections[name];
    if (section.revision !== revision) throw new AppError('conflict');
    this.writes += 1;
    Object.assign(section.values, changes);
    section.revision = `"${String(this.writes + 1)}"`;
    if (this.fault === 'answer-lost') throw new AppError('offline', { reason: 'timed-out' });
    return { values: section.values, revision: section.revision };
  }
}

function setUp({ isShown = true } = {}) {
  const remote = new Remote();
  const cached = new Map<string, CacheEntry>();
  const emitted: ProfileSnapshot[] = [];
  const guarded: string[] = [];
  const clock = createManualClock();
  let isBroken = false;
  const service = new ProfileService({
    signedIn: { request: (_id, act) => act(remote) },
    states: new AccountState(
      { isKnown: async () => true, tolerate: (write) => write() },
      createProfileStore({
        read: (id) =>
          isBroken ? Promise.reject(new AppError('storage-fault')) : Promise.resolve(structuredClone(cached.get(id))),
        write: async (id, entry) => void cached.set(id, structuredClone(entry)),
        remove: async (id) => void cached.delete(id),
      }),
    ),
    clock,
    sequence: createSequence(createManualClock()),
    mustShow: () =>
      isShown ? Promise.resolve() : Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
    requireProof: async (accountId) => void guarded.push(accountId),
    onRead: async (snapshot) => void emitted.push(snapshot),
  });
  const admit = () => service.acceptReading('a', { operations: {}, sections: makeSections('Read at the sign-in') });
  return {
    remote,
    cached,
    emitted,
    guarded,
    clock,
    admit,
    drop: () => service.clear('a'),
    ...service.handlers,
    breakCache: () => void (isBroken = true),
  };
}

const fromProvider = { accountId: 'a', from: 'provider' } as const;
const moveTo = (city: string, revision = '"1"') => ({ accountId: 'a', contact: { revision, changes: { city } } });

describe('H2 E12 ProfileService: fields that take a proof', () => {
  it('asks for one before it sends them, and for no other', async () => {
    const { get, update, remote, guarded } = setUp();
    remote.sections.contact.access.email = { kind: 'editable', needsReauth: true };
    await get(fromProvider);
    await update(moveTo('Bonn'));
    expect(guarded).toEqual([]);
    await update({ accountId: 'a', contact: { revision: '"2"', changes: { email: 'new@example.com' } } });
    expect(guarded).toEqual(['a']);
  });
});

describe('W1 D5 ProfileService: reading', () => {
  it('gives what the provider says, keeps it and tells of it', async () => {
    const { get, cached, emitted } = setUp();
    const snapshot = await get(fromProvider);
    expect(snapshot).toMatchObject({ source: 'provider', takenAt: '2026-01-01T00:00:00.000Z' });
    expect(cached.get('a')?.sections).toEqual(makeSections());
    expect(emitted).toEqual([snapshot]);
  });

  it('falls back to what was last seen, with its age, and open to be typed into (X5)', async () => {
    const { get, remote } = setUp();
    await get(fromProvider);
    remote.fault = 'unreachable';
    const snapshot = await get(fromProvider);
    expect(snapshot).toMatchObject({ source: 'cache', takenAt: '2026-01-01T00:00:00.000Z' });
    expect(snapshot.sections.contact.access.city).toEqual({ kind: 'editable' });
  });

  it('says why the provider gave nothing where there is nothing kept either', async () => {
    const { get, remote } = setUp();
    remote.fault = 'unreachable';
    await expect(get(fromProvider)).rejects.toMatchObject({ code: 'offline' });
    await expect(get({ accountId: 'a', from: 'cache' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('shows nothing that is kept once the person has signed out', async () => {
    const { get, cached } = setUp({ isShown: false });
    cached.set('a', { takenAt: '2026-01-01T00:00:00.000Z', operations: {}, sections: makeSections() });
    await expect(get({ accountId: 'a', from: 'cache' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('W1 ProfileService: what a sign-in has read', () => {
  const atSignIn = { sections: { contact: { values: { city: 'Read at the sign-in' } } } };

  it('is kept and told of, and is what the first who asks gets, alone', async () => {
    const { get, cached, emitted, admit } = setUp();
    await admit();
    expect([cached.get('a'), emitted[0]]).toMatchObject([atSignIn, { ...atSignIn, source: 'provider' }]);
    expect(await get(fromProvider)).toBe(emitted[0]);
    expect((await get(fromProvider)).sections).toEqual(makeSections());
  });

  it.each([
    ['10 seconds have passed', async ({ clock }: ReturnType<typeof setUp>) => clock.advance(10_000)],
    ['the session has ended', async ({ drop }: ReturnType<typeof setUp>) => drop()],
    ['something was changed', async ({ update }: ReturnType<typeof setUp>) => update(moveTo('Bonn'))],
  ])('is not given out once %s', async (_what, happen) => {
    const run = setUp();
    await run.admit();
    await happen(run);
    expect((await run.get(fromProvider)).sections).toEqual(run.remote.sections);
  });
});

describe('D5 ProfileService: the order of readings', () => {
  it('is that in which they were asked for, not that of their answers nor of the clock', async () => {
    const { get, remote, cached } = setUp();
    const readProfile = remote.readProfile;
    let answerLate = (): void => undefined;
    remote.readProfile = () =>
      new Promise((resolve) => (answerLate = () => resolve({ operations: {}, sections: makeSections('Ulm') })));
    const slow = get(fromProvider);
    await Promise.resolve();
    remote.readProfile = readProfile;
    remote.sections = makeSections('Kiel', '"7"');
    const quick = await get(fromProvider);
    answerLate();
    expect((await slow).sections.contact.values.city).toBe('Kiel');
    expect(cached.get('a')?.sections.contact.values.city).toBe('Kiel');
    expect((await get({ accountId: 'a', from: 'cache' })).sequence).toBe(0);
    remote.fault = 'unreachable';
    expect((await get(fromProvider)).sequence).toBeGreaterThan(quick.sequence);
  });
});

describe('W2 ProfileService: Update', () => {
  it('saves a section and gives the new state of all', async () => {
    const { update, remote } = setUp();
    const { snapshot, outcomes } = await update(moveTo('Bonn'));
    expect(outcomes).toEqual({ contact: { saved: true } });
    expect(snapshot.sections.contact).toMatchObject({ values: { city: 'Bonn' }, revision: '"2"' });
    expect(remote.writes).toBe(1);
  });

  it('refuses a stale change and shows what is there instead', async () => {
    const { update, remote } = setUp();
    remote.sections = makeSections('Kiel', '"7"');
    const { snapshot, outcomes } = await update(moveTo('Bonn'));
    expect(outcomes.contact).toEqual({ saved: false, error: { code: 'conflict' } });
    expect(snapshot.sections.contact).toMatchObject({ values: { city: 'Kiel' }, revision: '"7"' });
  });

  it('saves the other section although one is refused', async () => {
    const { update, remote } = setUp();
    const { outcomes } = await update({
      ...moveTo('Bonn', '"0"'),
      user: { revision: '"1"', changes: { firstName: 'Augusta' } },
    });
    expect(outcomes).toMatchObject({ user: { saved: true }, contact: { saved: false } });
    expect(remote.sections.user.values.firstName).toBe('Augusta');
  });

  it('makes one change of a double click, and calls neither click a conflict', async () => {
    const { update, remote } = setUp();
    const results = await Promise.all([update(moveTo('Bonn')), update(moveTo('Bonn'))]);
    expect(results.map(({ outcomes }) => outcomes)).toEqual([
      { contact: { saved: true } },
      { contact: { saved: true } },
    ]);
    expect(remote.writes).toBe(1);
  });

  it('finds out that a change was made although its answer got lost', async () => {
    const { update, remote } = setUp();
    remote.fault = 'answer-lost';
    expect((await update(moveTo('Bonn'))).outcomes.contact).toEqual({ saved: true });
  });

  it('says offline, keeps nothing of the change and shows the cache where the provider is out of reach', async () => {
    const { get, update, remote } = setUp();
    await get(fromProvider);
    remote.fault = 'unreachable';
    const { snapshot, outcomes } = await update(moveTo('Bonn'));
    expect(outcomes.contact).toEqual({ saved: false, error: { code: 'offline', reason: 'connection-refused' } });
    expect(snapshot).toMatchObject({ source: 'cache', sections: { contact: { values: { city: 'Ulm' } } } });
  });

  it('does not show a saved change as undone if the network goes right after it', async () => {
    const { get, update, remote } = setUp();
    await get(fromProvider);
    const readProfile = remote.readProfile.bind(remote);
    remote.readProfile = () => {
      remote.fault = 'unreachable';
      return readProfile();
    };
    const { snapshot, outcomes } = await update(moveTo('Bonn'));
    expect(outcomes.contact).toEqual({ saved: true });
    expect(snapshot).toMatchObject({
      source: 'cache',
      sections: { contact: { values: { city: 'Bonn' }, revision: '"2"' } },
    });
  });

  it('is saved although this computer cannot read what it kept', async () => {
    const { update, breakCache } = setUp();
    breakCache();
    expect((await update(moveTo('Bonn'))).outcomes.contact).toEqual({ saved: true });
  });

  it('is not undone by a reading that began before it', async () => {
    const { get, update, remote, cached, emitted } = setUp();
    const old = structuredClone(remote.sections);
    const readProfile = remote.readProfile;
    let answerLate = (): void => undefined;
    remote.readProfile = () =>
      new Promise((resolve) => (answerLate = () => resolve({ operations: {}, sections: old })));
    const slow = get(fromProvider);
    await Promise.resolve();
    remote.readProfile = readProfile;
    await update(moveTo('Bonn'));
    answerLate();
    expect((await slow).sections.contact.values.city).toBe('Bonn');
    expect(cached.get('a')?.sections.contact.values.city).toBe('Bonn');
    expect(emitted.map(({ sections }) => sections.contact.values.city)).not.toContain('Ulm');
  });

  it('goes on after an update that failed unexpectedly', async () => {
    const { update, remote } = setUp();
    const updateSection = remote.updateSection.bind(remote);
    remote.updateSection = () => Promise.reject(new TypeError('a fault of ours'));
    await expect(update(moveTo('Bonn'))).rejects.toThrow('a fault of ours');
    remote.updateSection = updateSection;
    expect((await update(moveTo('Bonn'))).outcomes.contact).toEqual({ saved: true });
  });
});
