import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { SessionsSnapshot } from '../../../../shared/contract/account/sessions.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import type { AccountSessions, OpenSession } from '../../provider/account-sessions.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { makeSessionFacts } from '../../testing/make-session-facts.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { startStorage } from '../../testing/test-storage.ts';
import { createServiceEmitter } from '../../core/service-events.ts';
import { createSequence } from '../../core/sequence.ts';
import { createSessionsService } from './sessions.service.ts';

/** A provider's sessions: `here` is the current one. It can refuse some, lose its answers and be out of reach. */
class Remote implements AccountSessions {
  open = ['here', 'a', 'b', 'c'];
  readonly refused = new Map<string, OpenSession['error']>();
  /** What happens at the next act, and what from it on. */
  fault: 'none' | 'unreachable' | 'answer-lost' | 'lost-for-good' = 'none';
  isOut = false;
  /** Its list is one that nobody can read. */
  isUnreadable = false;
  readonly acts: string[] = [];

  async readSessions() {
    if (this.isOut) throw new AppError('offline', { reason: 'connection-refused' });
    if (this.isUnreadable) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
    return this.open.map((id) => makeSessionFacts(id, { isCurrent: id === 'here' }));
  }

  async closeSessions(ids: readonly string[]): Promise<OpenSession[]> {
    this.#act(`close ${ids.join(' ')}`, ids);
    return [...this.refused].filter(([id]) => ids.includes(id)).map(([id, error]) => ({ id, error }));
  }

  async closeOtherSessions() {
    this.#act('close others', this.open.slice(1));
  }

  #act(what: string, ids: readonly string[]): void {
    this.acts.push(what);
    if (this.fault === 'unreachable') this.isOut = true;
    else this.open = this.open.filter((id) => !ids.includes(id) || this.refused.has(id));
    if (this.fault === 'lost-for-good') this.isOut = true;
    if (this.fault !== 'none') throw new AppError('offline', { reason: 'connection-lost' });
  }
}

function setUp() {
  const remote = new Remote();
  const emitted: SessionsSnapshot[] = [];
  const is = { known: true, shown: true, notified: true };
  const files = createMemoryFiles();
  let refusesWrites = false;
  const write: typeof files.write = (name, bytes) =>
    refusesWrites ? Promise.reject(new AppError('storage-fault', { reason: 'disk-full' })) : files.write(name, bytes);
  const keyWrapper = createTestKeyWrapper();
  const events = createServiceEmitter();
  const start = () =>
    createSessionsService({
      storage: startStorage({ ...files, write }, keyWrapper),
      signedIn: { request: (_id, act) => act(remote) },
      clock: createManualClock(),
      sequence: createSequence(createManualClock()),
      isKnown: () => Promise.resolve(is.known),
      mustShow: () =>
        is.shown ? Promise.resolve() : Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
      tolerate: (act) => act().catch(() => undefined),
      async signOut() {
        remote.acts.push('sign out');
        is.shown = false;
        return { providerNotified: is.notified };
      },
      events,
      emit: (_channel, snapshot) => void emitted.push(snapshot),
    });
  const forget = (accountId: string) => events.emit('forgotten', { accountId });
  return { remote, emitted, is, files, start, forget, ...start(), fillDisk: () => void (refusesWrites = true) };
}

const account = { accountId: 'c1' };
const fromProvider = { ...account, from: 'provider' } as const;
const fromCache = { ...account, from: 'cache' } as const;
const idsOf = (snapshot: SessionsSnapshot | null) => snapshot?.sessions.map(({ id }) => id);
const unknown = { code: 'offline', reason: 'outcome-unknown' };

describe('E9 closing sessions: one result each', () => {
  it('says for each whether it is closed, and why not', async () => {
    const { handlers, remote, emitted } = setUp();
    remote.refused.set('b', { code: 'forbidden', permission: 'Sessions End' });
    const { results, snapshot } = await handlers.close({ ...account, ids: ['a', 'b', 'gone'] });
    expect(results).toEqual([
      { id: 'a', error: null },
      { id: 'b', error: { code: 'forbidden', permission: 'Sessions End' } },
      { id: 'gone', error: null },
    ]);
    expect(idsOf(snapshot)).toEqual(['here', 'b', 'c']);
    expect(remote.acts).toEqual(['close a b']);
    expect(emitted).toEqual([snapshot]);
  });

  it('believes the list, not the answer', async () => {
    const { handlers, remote } = setUp();
    remote.closeSessions = () => Promise.resolve([]);
    expect((await handlers.close({ ...account, ids: ['a'] })).results).toEqual([
      { id: 'a', error: { code: 'server-fault' } },
    ]);
  });

  it('asks nothing of the provider for what is gone already', async () => {
    const { handlers, remote } = setUp();
    const { results, snapshot } = await handlers.close({ ...account, ids: ['gone'] });
    expect([results, idsOf(snapshot), remote.acts]).toEqual([
      [{ id: 'gone', error: null }],
      ['here', 'a', 'b', 'c'],
      [],
    ]);
  });

  it('finds out that it was done although the answer got lost', async () => {
    const { handlers, remote } = setUp();
    remote.fault = 'answer-lost';
    expect((await handlers.close({ ...account, ids: ['a'] })).results).toEqual([{ id: 'a', error: null }]);
    expect((await handlers.closeOthers(account)).results).toEqual([
      { id: 'b', error: null },
      { id: 'c', error: null },
    ]);
  });

  it.each(['unreachable', 'lost-for-good'] as const)(
    'says that nobody knows, and shows what is kept if it cannot find out (%s)',
    async (fault) => {
      const { handlers, remote } = setUp();
      remote.fault = fault;
      const { results, snapshot } = await handlers.close({ ...account, ids: ['a', 'gone'] });
      expect(results).toEqual([
        { id: 'a', error: unknown },
        { id: 'gone', error: null },
      ]);
      expect(snapshot?.source).toBe('cache');
      expect(idsOf(snapshot)).toEqual(['here', 'a', 'b', 'c']);
    },
  );

  it('does not show a closed session as open if the network goes right after it', async () => {
    const { handlers, remote } = setUp();
    const { closeSessions } = remote;
    remote.closeSessions = async (ids) => {
      const open = await closeSessions.call(remote, ids);
      remote.isOut = true;
      return open;
    };
    const { results, snapshot } = await handlers.close({ ...account, ids: ['a'] });
    expect(results).toEqual([{ id: 'a', error: null }]);
    expect(snapshot).toMatchObject({ source: 'cache' });
    expect(idsOf(snapshot)).toEqual(['here', 'b', 'c']);
    expect(idsOf(await handlers.list(fromCache))).toEqual(['here', 'b', 'c']);
  });

  it('closes nothing without the provider', async () => {
    const { handlers, remote } = setUp();
    await handlers.list(fromProvider);
    remote.isOut = true;
    await expect(handlers.close({ ...account, ids: ['here'] })).rejects.toMatchObject({ code: 'offline' });
    await expect(handlers.closeOthers(account)).rejects.toMatchObject({ code: 'offline' });
    expect(remote.acts).toEqual([]);
  });

  it('asks for all others to be closed although the list cannot be read, and says if that is refused', async () => {
    const { handlers, remote } = setUp();
    await handlers.list(fromProvider);
    remote.isUnreadable = true;
    const { results, snapshot } = await handlers.closeOthers(account);
    expect([remote.acts, remote.open]).toEqual([['close others'], ['here']]);
    expect(results).toEqual(['a', 'b', 'c'].map((id) => ({ id, error: null })));
    expect([snapshot?.source, idsOf(snapshot)]).toEqual(['cache', ['here']]);
    remote.closeOtherSessions = () => Promise.reject(new AppError('forbidden'));
    await expect(handlers.closeOthers(account)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('lets a fault of ours through as what it is', async () => {
    const { handlers, remote } = setUp();
    remote.closeSessions = () => Promise.reject(new TypeError('ours'));
    await expect(handlers.close({ ...account, ids: ['a'] })).rejects.toThrow('ours');
  });
});

describe('E9 closing the current session', () => {
  it('is a sign-out, after the others, and leaves nothing to show', async () => {
    const { handlers, remote, emitted } = setUp();
    remote.refused.set('b', { code: 'forbidden' });
    const { results, snapshot } = await handlers.close({ ...account, ids: ['here', 'a', 'b'] });
    expect(results).toEqual([
      { id: 'here', error: null },
      { id: 'a', error: null },
      { id: 'b', error: { code: 'forbidden' } },
    ]);
    expect([snapshot, remote.acts, emitted]).toEqual([null, ['close a b', 'sign out'], []]);
  });

  it('says so if the provider was not told', async () => {
    const { handlers, is } = setUp();
    is.notified = false;
    expect((await handlers.close({ ...account, ids: ['here'] })).results).toEqual([
      { id: 'here', error: { code: 'offline' } },
    ]);
  });

  it('is not done if the network went while the others were closed', async () => {
    const { handlers, remote } = setUp();
    remote.fault = 'unreachable';
    const { results, snapshot } = await handlers.close({ ...account, ids: ['here', 'a'] });
    expect(results).toEqual([
      { id: 'here', error: { code: 'offline', reason: 'connection-refused' } },
      { id: 'a', error: unknown },
    ]);
    expect(idsOf(snapshot)).toEqual(['here', 'a', 'b', 'c']);
    expect(remote.acts).toEqual(['close a']);
  });

  it('is told by the provider now, not by an older list', async () => {
    const { handlers, remote } = setUp();
    await handlers.list(fromProvider);
    remote.readSessions = async () => [makeSessionFacts('here'), makeSessionFacts('a', { isCurrent: true })];
    await handlers.close({ ...account, ids: ['a'] });
    expect(remote.acts).toEqual(['sign out']);
  });
});

describe('E8 X4 X10 listing, marks and names', () => {
  it('says why the provider gave nothing where nothing is kept either', async () => {
    const { handlers, remote } = setUp();
    remote.isOut = true;
    await expect(handlers.list(fromProvider)).rejects.toMatchObject({ code: 'offline' });
    await expect(handlers.list(fromCache)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tells of a new name and of new marks, as fresh as the list is', async () => {
    const { handlers, remote, emitted } = setUp();
    await handlers.list(fromProvider);
    remote.open.push('d');
    expect((await handlers.list(fromProvider)).sessions.filter(({ isNew }) => isNew).map(({ id }) => id)).toEqual([
      'd',
    ]);
    expect(await handlers.rename({ ...account, sessionId: 'd', name: 'Desk' })).toMatchObject({ source: 'provider' });
    await handlers.markSeen(account);
    expect(emitted.map(({ sessions }) => sessions.filter(({ isNew, ownName }) => isNew || ownName))).toMatchObject([
      [{ id: 'd', isNew: true, ownName: 'Desk' }],
      [{ id: 'd', isNew: false, ownName: 'Desk' }],
    ]);
    remote.isOut = true;
    await handlers.list(fromProvider);
    expect(await handlers.rename({ ...account, sessionId: 'd', name: '' })).toMatchObject({ source: 'cache' });
  });

  it('shows and changes nothing after a sign-out', async () => {
    const { handlers, is } = setUp();
    await handlers.list(fromProvider);
    is.shown = false;
    const ended = { code: 'unauthenticated', details: { reason: 'session-ended' } };
    await expect(handlers.list(fromCache)).rejects.toMatchObject(ended);
    await expect(handlers.rename({ ...account, sessionId: 'a', name: 'x' })).rejects.toMatchObject(ended);
    await expect(handlers.markSeen(account)).rejects.toMatchObject(ended);
  });
});

describe('D5 what is kept of sessions', () => {
  it('is there after a restart, each account’s own, and lies on disk only encrypted', async () => {
    const { handlers, start, files, remote } = setUp();
    const seen = await handlers.list(fromProvider);
    await handlers.rename({ ...account, sessionId: 'a', name: 'Küche' });
    const again = start().handlers;
    const cached = await again.list(fromCache);
    expect(cached).toMatchObject({ source: 'cache', takenAt: seen.takenAt });
    expect(await handlers.list(fromCache)).toEqual({ ...cached, sequence: expect.any(Number) as number });
    expect(cached.sessions.map(({ id, ownName }) => [id, ownName])).toEqual([
      ['here', null],
      ['a', 'Küche'],
      ['b', null],
      ['c', null],
    ]);
    remote.open.push('d');
    expect((await again.list(fromProvider)).sessions.filter(({ isNew }) => isNew)).toMatchObject([{ id: 'd' }]);
    await expect(again.list({ ...fromCache, accountId: 'c2' })).rejects.toMatchObject({ code: 'not-found' });
    const all = Buffer.concat([...files.content.values()]);
    for (const word of ['here', 'Küche', 'isCurrent']) expect(all.includes(word)).toBe(false);
  });

  it('outlives a list that was damaged: names are kept apart', async () => {
    const { handlers, start, files } = setUp();
    await handlers.list(fromProvider);
    await handlers.rename({ ...account, sessionId: 'a', name: 'Desk' });
    files.content.set('sessions-c1.sealed', Buffer.from('damaged'));
    expect((await start().handlers.list(fromProvider)).sessions.find(({ id }) => id === 'a')?.ownName).toBe('Desk');
  });

  it('is written only where something changed', async () => {
    const { handlers, files } = setUp();
    await handlers.list(fromProvider);
    const notes = files.content.get('session-notes-c1.sealed');
    await handlers.list(fromProvider);
    await handlers.markSeen(account);
    expect(files.content.get('session-notes-c1.sealed')).toBe(notes);
  });

  it('does not hide what was read if the disk is full; but a name that cannot be kept is an error', async () => {
    const { handlers, remote, fillDisk } = setUp();
    await handlers.list(fromProvider);
    fillDisk();
    remote.open.push('d');
    const { sessions } = await handlers.list(fromProvider);
    expect(sessions.find(({ id }) => id === 'd')?.isNew).toBe(true);
    await expect(handlers.rename({ ...account, sessionId: 'd', name: 'Desk' })).rejects.toMatchObject({
      code: 'storage-fault',
    });
    expect((await handlers.list(fromProvider)).sessions.find(({ id }) => id === 'd')).toMatchObject({
      isNew: true,
      ownName: null,
    });
  });

  it('is forgotten with the account, also by a list that arrives later', async () => {
    const { handlers, forget, is, files } = setUp();
    await handlers.list(fromProvider);
    is.known = false;
    await forget('c1');
    expect((await handlers.list(fromProvider)).sessions).toHaveLength(4);
    expect([...files.content.keys()].filter((name) => name.includes('c1'))).toEqual([]);
    await expect(handlers.list(fromCache)).rejects.toMatchObject({ code: 'not-found' });
  });
});
