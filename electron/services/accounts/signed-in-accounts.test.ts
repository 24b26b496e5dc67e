import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { tokenOf } from '../provider/tokens.ts';
import { fail, record, setUpSignedIn as setUp, succeed, tokens } from '../testing/signed-in-desk.ts';

describe('D5 E12 SignedInAccounts: the state follows the last request', () => {
  it('is online after an answer and offline, with the cause, after none', async () => {
    const { signedIn, changes } = setUp();
    await signedIn.request('one', succeed);
    expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
    await signedIn.request('one', fail('offline', { reason: 'timed-out' })).catch(() => undefined);
    expect(await signedIn.state(record)).toMatchObject({
      kind: 'offline',
      cause: { code: 'offline', reason: 'timed-out' },
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['online', 'offline']);
  });

  it('tells only of what is new', async () => {
    const { signedIn, changes } = setUp();
    for (let times = 0; times < 3; times += 1) await signedIn.request('one', succeed);
    for (let times = 0; times < 3; times += 1)
      await signedIn.request('one', fail('server-fault')).catch(() => undefined);
    expect(changes.map(({ kind }) => kind)).toEqual(['online', 'offline']);
  });

  it('stays offline while a try renews the token: what is said of it, and what it locks, does not come and go', async () => {
    const { signedIn, changes, sources, refresh } = setUp();
    refresh.mockRejectedValue(new AppError('offline', { reason: 'timed-out' }));
    const ask = () => signedIn.request('one', () => sources[0]!.renewed(tokens.access));
    for (let times = 0; times < 3; times += 1) await ask().catch(() => undefined);
    expect(refresh).toHaveBeenCalledTimes(3);
    expect(changes.map(({ kind }) => kind)).toEqual(['offline']);
  });

  it('counts a refusal as an answer: the provider was reached', async () => {
    const { signedIn } = setUp();
    await expect(signedIn.request('one', fail('forbidden'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
  });

  it.each([
    ['a value', () => Promise.resolve('this service has no such keys')],
    ['a refusal', () => Promise.reject(new AppError('not-offered'))],
  ] as const)('stays offline where the app gave %s by itself: nobody was asked', async (_what, act) => {
    const { signedIn, changes } = setUp();
    await signedIn.request('one', fail('offline', { reason: 'timed-out' })).catch(() => undefined);
    await signedIn.request<unknown>('one', act).catch(() => undefined);
    expect(changes.map(({ kind }) => kind)).toEqual(['offline']);
    await signedIn.request('one', succeed);
    expect(changes.map(({ kind }) => kind)).toEqual(['offline', 'online']);
  });

  it('counts an answer to what it was that asked for it, not to what runs beside it', async () => {
    const { signedIn, changes } = setUp();
    let giveOwn = (): void => undefined;
    const known = signedIn.request('one', () => new Promise<void>((resolve) => (giveOwn = resolve)));
    await signedIn.request('one', succeed);
    await signedIn.request('one', fail('offline')).catch(() => undefined);
    giveOwn();
    await known;
    expect(changes.map(({ kind }) => kind)).toEqual(['online', 'offline']);
  });

  it.each([
    ['rate-limited', {}],
    ['untrusted-answer', { reason: 'not-a-profile-service' }],
    ['storage-fault', { reason: 'disk-full' }],
    ['internal', {}],
  ] as const)('does not call itself online while nothing can be read: %s', async (code, details) => {
    const { signedIn } = setUp();
    await signedIn.request('one', fail(code, details)).catch(() => undefined);
    expect(await signedIn.state(record)).toMatchObject({ kind: 'offline', cause: { code } });
  });

  it('stays online when too many wrong proofs lock one act', async () => {
    const { signedIn } = setUp();
    await signedIn.request('one', fail('rate-limited', { reason: 'locked-out' })).catch(() => undefined);
    expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
  });

  it('ends once, however many requests the provider refused for good', async () => {
    const { signedIn, stored, changes } = setUp();
    const requests = Array.from({ length: 50 }, () =>
      signedIn.request('one', fail('unauthenticated', { reason: 'session-ended' })),
    );
    await Promise.allSettled(requests);
    expect(changes).toEqual([{ kind: 'signed-out', sessionEnded: true }]);
    expect(stored.size).toBe(0);
  });

  it.each(['wrong-credentials', 'wrong-code', 'codes-exhausted'] as const)(
    'goes on when a proof is refused: %s',
    async (reason) => {
      const { signedIn, stored, changes } = setUp();
      await expect(signedIn.request('one', fail('unauthenticated', { reason }))).rejects.toMatchObject({
        details: { reason },
      });
      expect(changes.map(({ kind }) => kind)).toEqual(['online']);
      expect(stored.size).toBe(1);
    },
  );

  it('tells when an act needs a proof first, and that the provider was reached', async () => {
    const { signedIn, refusals } = setUp();
    await expect(signedIn.request('one', fail('reauth-required'))).rejects.toMatchObject({ code: 'reauth-required' });
    expect(refusals).toEqual(['one']);
    expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
  });

  it('tells when a session is over: by a sign-out, by a new sign-in, and by the provider', async () => {
    const { signedIn, ended } = setUp();
    await signedIn.startSession('one', tokens);
    await signedIn.endSession('one');
    await signedIn.startSession('one', tokens);
    await signedIn.request('one', fail('unauthenticated', { reason: 'session-ended' })).catch(() => undefined);
    expect(ended).toEqual(['one', 'one', 'one', 'one']);
  });

  it('does not let a late refusal of an old session end the new one', async () => {
    const { signedIn, stored } = setUp();
    let refuseLate = (): void => undefined;
    const late = signedIn.request(
      'one',
      () =>
        new Promise(
          (_resolve, reject) =>
            (refuseLate = () => reject(new AppError('unauthenticated', { reason: 'session-ended' }))),
        ),
    );
    await signedIn.request('one', succeed);
    await signedIn.startSession('one', { ...tokens, access: 'b' });
    refuseLate();
    await expect(late).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(tokenOf(stored.get('one')!)).toBe('b');
    expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
  });

  it('asks who this is before anybody is signed out: one part of a service may refuse what the others take', async () => {
    const { signedIn, stored, changes, whoAmI } = setUp();
    whoAmI.mockResolvedValue(record.personId);
    const refused = signedIn.request('one', fail('unauthenticated', { reason: 'session-ended' }));
    await expect(refused).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'token-refused' } });
    expect([stored.size, changes.map(({ kind }) => kind)]).toEqual([1, ['online']]);
  });

  it('signs nobody out while nobody can say who this is', async () => {
    const { signedIn, stored, changes, whoAmI } = setUp();
    whoAmI.mockRejectedValue(new AppError('offline', { reason: 'timed-out' }));
    const refused = signedIn.request('one', fail('unauthenticated', { reason: 'session-ended' }));
    await expect(refused).rejects.toMatchObject({ code: 'offline' });
    expect([stored.size, changes.map(({ kind }) => kind)]).toEqual([1, ['offline']]);
  });

  it('signs out where the token is somebody else’s by now', async () => {
    const { signedIn, stored, whoAmI } = setUp();
    whoAmI.mockResolvedValue('another person');
    await signedIn.request('one', fail('unauthenticated', { reason: 'session-ended' })).catch(() => undefined);
    expect(stored.size).toBe(0);
  });

  it('makes no request for a person who signed out', async () => {
    const { signedIn, opened } = setUp({ isSignedOut: true });
    await expect(signedIn.request('one', succeed)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(opened).toEqual([]);
  });

  it('follows the embedded provider to its new port', async () => {
    const { signedIn, opened, moveTo } = setUp();
    await signedIn.request('one', succeed);
    await signedIn.request('one', succeed);
    moveTo('http://127.0.0.1:5000');
    await signedIn.request('one', succeed);
    expect(opened).toEqual(['https://profile.example', 'http://127.0.0.1:5000']);
  });
});

describe('D5 SignedInAccounts: whether a provider is there, asked without an act', () => {
  it('is offline, with the cause, once it does not tell who it is', async () => {
    const { signedIn, changes, opened, describeProvider } = setUp();
    await signedIn.startSession('one', tokens);
    expect(await signedIn.probe('one')).toBe('there');
    expect(changes).toEqual([]);
    describeProvider.mockRejectedValueOnce(new AppError('offline', { reason: 'connection-refused' }));
    expect(await signedIn.probe('one')).toBe('gone');
    expect(await signedIn.state(record)).toMatchObject({ kind: 'offline', cause: { reason: 'connection-refused' } });
    expect(describeProvider.mock.calls).toEqual([['https://profile.example'], ['https://profile.example']]);
    expect(opened, 'no account is opened, so no token goes along').toEqual([]);
  });

  it('stays online where it is asked too often', async () => {
    const { signedIn, changes, describeProvider } = setUp();
    await signedIn.startSession('one', tokens);
    describeProvider.mockRejectedValueOnce(new AppError('rate-limited'));
    expect(await signedIn.probe('one')).toBe('gone');
    expect(changes).toEqual([]);
  });

  it('asks nobody while there is nothing to find out: signed out, offline, or before the first request', async () => {
    const signedOut = setUp({ isSignedOut: true });
    expect(await signedOut.signedIn.probe('one')).toBe('not-asked');
    const { signedIn, describeProvider } = setUp();
    expect(await signedIn.probe('one')).toBe('not-asked');
    await signedIn.request('one', fail('offline')).catch(() => undefined);
    expect(await signedIn.probe('one')).toBe('not-asked');
    expect([...signedOut.describeProvider.mock.calls, ...describeProvider.mock.calls]).toEqual([]);
  });
});
