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
    state: (): Promise<unknown> => Promise.resolve(),
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
    handOff: () => says.answer(),
    sshKeysState: () => says.state(),
    addEmail: () => says.answer(),
    readEmails: () => says.state(),
    makeApiKey: () => says.answer(),
    rotateAccessKey: () => says.answer(),
    renameDevice: () => says.answer(),
    removeDevice: () => says.answer(),
    apiKeyState: () => says.state(),
    accessKeysState: () => says.state(),
    mfaStatus: () => says.state(),
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

describe('X4 what comes from elsewhere beside an own act', () => {
  const access = { kind: 'editable' };
  const times = { createdAt: '2026-01-01T00:00:00.000Z', expiresAt: null };

  /** What is told of between two states, with an own act in between. */
  async function between(
    read: 'readEmails' | 'apiKeyState' | 'accessKeysState' | 'mfaStatus',
    [before, after]: readonly [unknown, unknown],
    act: (account: ProviderAccount) => Promise<unknown> | undefined,
    answer?: unknown,
  ): Promise<string[]> {
    const { says, account, log, found } = setUp();
    says.state = () => Promise.resolve(before);
    says.answer = () => Promise.resolve(answer);
    await account[read]?.();
    await act(account);
    says.state = () => Promise.resolve(after);
    await account[read]?.();
    await log.idle();
    return found.map(({ change, subject, by }) => `${change} ${subject} ${by}`);
  }

  it('no API key that goes because a new one came in its place', async () => {
    const key = (name: string, lastFour: string) => ({ ...times, name, lastFour });
    const state = (made: unknown) => ({ access, key: made });
    const make = (account: ProviderAccount) => account.makeApiKey({ name: 'New', expiresAt: null });
    const was = state(key('Old', '1111'));
    const made = { key: key('New', '2222') };
    expect(await between('apiKeyState', [was, state(made.key)], make, made)).toEqual(['removed Old you']);
    // Somebody made another one in place of it since.
    const foreign = state(key('Foreign', '3333'));
    expect(await between('apiKeyState', [was, foreign], make, made)).toEqual([
      'removed Old you',
      'added Foreign elsewhere',
    ]);
  });

  it('no address that the service writes in small letters', async () => {
    const state = (...emails: string[]) => ({
      sendsMail: true,
      emails: emails.map((email) => ({ id: email, email, isPrimary: false, isVerified: false, acts: [] })),
    });
    const states = [state(), state('mara@b.example')] as const;
    expect(await between('readEmails', states, (account) => account.addEmail?.('Mara@B.example'))).toEqual([]);
  });

  it('an access key is told of though another one was rotated here', async () => {
    const key = (id: string) => ({ ...times, id, name: id, isActive: true });
    const states = [
      { access, keys: [key('old')] },
      { access, keys: [key('foreign'), key('new')] },
    ] as const;
    const rotate = (account: ProviderAccount) => account.rotateAccessKey('old', null);
    expect(await between('accessKeysState', states, rotate, { key: key('new') })).toEqual(['added foreign elsewhere']);
  });

  it.each<[string, unknown, (account: ProviderAccount) => Promise<unknown> | undefined]>([
    ['renamed', [{ id: 'd', name: 'New', type: 'totp' }], (account) => account.renameDevice?.('d', 'New')],
    ['removed', [], (account) => account.removeDevice('d')],
  ])('a passkey is told of though an authenticator app was %s here', async (_name, devices, act) => {
    const before = { isOn: true, devices: [{ id: 'd', name: 'Phone', type: 'totp' }], passkeys: [] };
    const after = { isOn: true, devices, passkeys: [{ id: 'p', name: 'Foreign' }] };
    expect(await between('mfaStatus', [before, after], act)).toEqual(['added Foreign elsewhere']);
  });
});

describe('X4 a page of the service', () => {
  const state = (...keys: string[]) => ({
    access: { kind: 'editable' },
    keys: keys.map((id) => ({ id, title: id, sha256: `SHA256:${id}`, lastUsedAt: null, expiresAt: undefined })),
  });

  it('is noted when it was opened, and what came meanwhile may be of the person: both keys, not one', async () => {
    const { says, account, entries } = setUp();
    says.state = () => Promise.resolve(state());
    await account.sshKeysState();
    await account.handOff('sshKeys.add');
    says.state = () => Promise.resolve(state('1'));
    await account.sshKeysState();
    says.state = () => Promise.resolve(state('1', '2'));
    await account.sshKeysState();
    const [second, first, opened] = await entries();
    expect(opened).toMatchObject({ act: 'handOff.open', subject: 'sshKeys.add' });
    for (const key of [first, second])
      expect(key).toMatchObject({ change: 'added', by: 'maybe-you', pageOpenedAt: opened?.at });
  });

  it('that was refused explains nothing', async () => {
    const { says, account, entries } = setUp();
    says.state = () => Promise.resolve(state());
    await account.sshKeysState();
    says.answer = () => Promise.reject(new AppError('forbidden'));
    await expect(account.handOff('sshKeys.add')).rejects.toMatchObject({ code: 'forbidden' });
    says.state = () => Promise.resolve(state('1'));
    await account.sshKeysState();
    expect((await entries())[0]).toMatchObject({ change: 'added', by: 'elsewhere' });
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
