import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createSequence } from '../../core/sequence.ts';
import type { ProfileChanges, ProfileReading, SavedSections } from '../../provider/provider.ts';
import { AccountState } from '../../resources/account-state.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { makeSections } from '../../testing/make-sections.ts';
import { createProfileStore, type CacheEntry } from './profile-cache.ts';
import { ProfileService, type ProfileAccount } from './profile.service.ts';

/** A provider where user and described fields are parts of one record. */
class OneRecord implements ProfileAccount {
  sections = makeSections();
  readonly writes: ProfileChanges[] = [];
  refusal: AppError | undefined;
  isAnswerLost = false;

  async readProfile(): Promise<ProfileReading> {
    return { operations: {}, sections: structuredClone(this.sections) };
  }

  updateSection = (): Promise<never> => Promise.reject(new TypeError('asked for a section'));

  async updateRecord(changes: ProfileChanges): Promise<SavedSections> {
    const { user, more } = changes;
    if (this.refusal) throw this.refusal;
    this.writes.push(changes);
    const isFresh = user?.revision === this.sections.user.revision;
    Object.assign(this.sections.more.values, more?.changes);
    if (isFresh) Object.assign(this.sections.user.values, user.changes);
    if (this.isAnswerLost) throw new AppError('offline', { reason: 'timed-out' });
    return { ...(isFresh && { user: this.sections.user }), ...(more && { more: this.sections.more }) };
  }
}

async function setUp() {
  const remote = new OneRecord();
  const cached = new Map<string, CacheEntry>();
  const guarded: string[] = [];
  const clock = createManualClock();
  const { handlers } = new ProfileService({
    signedIn: { request: (_id, act) => act(remote) },
    states: new AccountState(
      { isKnown: async () => true, tolerate: (write) => write() },
      createProfileStore({
        read: async (id) => cached.get(id),
        write: async (id, entry) => void cached.set(id, structuredClone(entry)),
        remove: async (id) => void cached.delete(id),
      }),
    ),
    clock,
    sequence: createSequence(clock),
    mustShow: async () => undefined,
    requireProof: async (accountId) => void guarded.push(accountId),
    onRead: async () => undefined,
  });
  return { remote, cached, guarded, ...handlers };
}

const both = {
  accountId: 'a',
  user: { revision: '"1"', changes: { firstName: 'Augusta' } },
  more: { revision: '"1"', changes: { languages: ['de', 'fr'] } },
};
const saved = { saved: true };

describe('R3 ProfileService: sections that are parts of one record', () => {
  it('are sent together, and kept together', async () => {
    const { update, remote, cached } = await setUp();
    const { outcomes, snapshot } = await update(both);
    expect(outcomes).toEqual({ user: saved, more: saved });
    expect(remote.writes).toEqual([{ user: both.user, more: both.more }]);
    expect(snapshot.sections.more.values).toEqual({ department: 'lab', languages: ['de', 'fr'] });
    expect(cached.get('a')?.sections).toMatchObject({ user: { values: { firstName: 'Augusta' } } });
  });

  it('are refused together, each with what is wrong anywhere in the record', async () => {
    const { update, remote } = await setUp();
    const fields = { 'more.department': { code: 'required' } } as const;
    remote.refusal = new AppError('invalid-request', { fields });
    const refused = { saved: false, error: { code: 'invalid-request', fields } };
    expect((await update(both)).outcomes).toEqual({ user: refused, more: refused });
  });

  it('are a conflict one by one', async () => {
    const { update, remote } = await setUp();
    remote.sections.user.revision = '"7"';
    const { outcomes } = await update(both);
    expect(outcomes).toEqual({ user: { saved: false, error: { code: 'conflict' } }, more: saved });
  });

  it('are saved although the answer got lost, where the provider holds what was sent', async () => {
    const { update, remote } = await setUp();
    remote.isAnswerLost = true;
    expect((await update(both)).outcomes).toEqual({ user: saved, more: saved });
  });

  it('E12 take a proof where any of them does', async () => {
    const { get, update, remote, guarded } = await setUp();
    remote.sections.more.access['languages'] = { kind: 'editable', needsReauth: true };
    await get({ accountId: 'a', from: 'provider' });
    await update({ accountId: 'a', user: both.user });
    expect(guarded).toEqual([]);
    await update(both);
    expect(guarded).toEqual(['a']);
  });
});
