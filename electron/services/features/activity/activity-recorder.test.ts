import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, type ErrorReason } from '../../../../shared/contract/errors.ts';
import type { SessionFacts } from '../../provider/account-sessions.ts';
import type { ProviderAccount } from '../../provider/provider.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { makeSessionFacts } from '../../testing/make-session-facts.ts';
import { silentLog, startStorage } from '../../testing/test-storage.ts';
import { createActivityDocuments } from './activity-documents.ts';
import { ActivityLog } from './activity-log.ts';
import { ActivityRecorder } from './activity-recorder.ts';
import { watchAccount } from './acts/watch-account.ts';
import type { FoundChange } from './compare/compare-readings.ts';

const unknown = { name: null, version: null };

/** An account whose service says and answers what the test wants. */
function setUp() {
  const files = createMemoryFiles();
  const says = {
    sessions: (): Promise<SessionFacts[]> => Promise.resolve([makeSessionFacts('1')]),
    answer: (): Promise<unknown> => Promise.resolve(),
  };
  const found: FoundChange[] = [];
  const log = new ActivityLog({
    documents: createActivityDocuments(startStorage(files)),
    limit: () => 1_000,
    isKnown: async () => true,
    tolerate: (write) => write(),
    log: silentLog,
  });
  const recorder = new ActivityRecorder({
    ...{ log, clock: createManualClock() },
    readAgent: () => ({ browser: unknown, os: unknown, device: { vendor: null, model: null, type: null } }),
    onChanges: (_accountId, changes) => void found.push(...changes),
    onNoted: () => undefined,
  });
  const service = {
    readSessions: () => says.sessions(),
    closeOtherSessions: () => says.answer(),
    closeSessions: () => says.answer(),
    changePassword: () => says.answer(),
    recoveryCodes: () => says.answer(),
    removeSshKey: () => says.answer(),
  } as unknown as ProviderAccount;
  const account = watchAccount(service, recorder.listenerOf('a'));
  const entries = async () => {
    const { entries: page } = await log.page('a', { before: null, limit: 500, matches: () => true });
    return page.map(({ entry }) => entry);
  };
  return { says, found, files, log, account, entries };
}

const secret = 'correct horse battery staple';

describe('X4 own acts', () => {
  it.each<[ErrorCode, ErrorReason | undefined, 'refused' | 'unclear' | 'none']>([
    ['forbidden', 'last-way-in', 'refused'],
    ['not-found', undefined, 'refused'],
    ['rate-limited', 'locked-out', 'refused'],
    ['offline', 'connection-refused', 'refused'],
    ['offline', 'no-network', 'refused'],
    ['untrusted-answer', 'certificate-expired', 'refused'],
    ['offline', 'connection-lost', 'unclear'],
    ['offline', 'timed-out', 'unclear'],
    ['untrusted-answer', 'cut-short', 'unclear'],
    ['untrusted-answer', 'not-json', 'unclear'],
    ['server-fault', undefined, 'unclear'],
    ['reauth-required', undefined, 'none'],
  ])('%s (%s) is noted as %s', async (code, reason, outcome) => {
    const { says, account, entries } = setUp();
    says.answer = () => Promise.reject(new AppError(code, reason && { reason }));
    await expect(account.removeSshKey('k')).rejects.toMatchObject({ code });
    expect((await entries()).map((entry) => entry.type === 'act' && entry.outcome)).toEqual(
      outcome === 'none' ? [] : [outcome],
    );
  });

  it('hold nothing of what was typed, nor of a secret that was shown', async () => {
    const { says, account, entries, files } = setUp();
    says.answer = () => Promise.resolve({ codes: [{ code: secret, isUsed: false }] });
    await account.changePassword({ current: secret, next: secret, endOtherSessions: true });
    await account.recoveryCodes();
    const noted = await entries();
    expect(noted.map((entry) => entry.type === 'act' && entry.act)).toEqual(['recoveryCodes.show', 'password.change']);
    expect(JSON.stringify(noted)).not.toContain(secret);
    expect([...files.content.values()].some((file) => Buffer.from(file).includes(secret))).toBe(false);
  });

  it('tell of several how many there were, and that some were refused', async () => {
    const { says, account, entries } = setUp();
    says.answer = () => Promise.resolve([{ id: '2', error: { code: 'forbidden' } }]);
    await account.closeSessions(['1', '2', '3']);
    expect(await entries()).toMatchObject([{ act: 'sessions.close', count: 3, outcome: 'partly' }]);
  });
});

describe('X4 readings', () => {
  it('say nothing while they overlap an act: nobody knows whether they show it', async () => {
    const { says, account, entries, found } = setUp();
    await account.readSessions();
    let finish = (): void => undefined;
    says.answer = () => new Promise<void>((resolve) => (finish = resolve));
    const closing = account.closeOtherSessions();
    says.sessions = () => Promise.resolve([]);
    await account.readSessions();
    finish();
    await closing;
    expect(found).toEqual([]);
    await account.readSessions();
    expect(await entries()).toMatchObject([{ act: 'sessions.closeOthers' }]);
    expect(found).toEqual([]);
  });

  it('count in the order that they were asked for, not answered', async () => {
    const { says, account, entries } = setUp();
    await account.readSessions();
    const older = [makeSessionFacts('1')];
    let answer = (): void => undefined;
    says.sessions = () => new Promise((resolve) => (answer = () => resolve(older)));
    const slow = account.readSessions();
    says.sessions = () => Promise.resolve([...older, makeSessionFacts('2')]);
    await account.readSessions();
    answer();
    await slow;
    expect(await entries()).toMatchObject([{ area: 'sessions', change: 'added' }]);
  });

  it('that show nothing new write nothing', async () => {
    const { account, files, log } = setUp();
    await account.readSessions();
    await log.idle();
    const before = new Map(files.content);
    await Promise.all([account.readSessions(), account.readSessions(), account.readSessions()]);
    await log.idle();
    expect(new Map(files.content)).toEqual(before);
  });
});
