import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { tokenOf, type RefreshingTokens } from '../provider/tokens.ts';
import { fail, record, refuse, setUpSignedIn as setUp, succeed, tokens } from '../testing/signed-in-desk.ts';

describe('D2 E12 SignedInAccounts: a renewal that outlasts its session', () => {
  it('keeps nothing of what comes after a sign-out', async () => {
    const { signedIn, stored, refresh, sources } = setUp();
    let answer: (late: RefreshingTokens) => void = refuse;
    refresh.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    await signedIn.request('one', succeed);
    const renewing = sources[0]?.renewed('a');
    await expect.poll(() => refresh).toHaveBeenCalledOnce();
    await signedIn.endSession('one');
    answer({ ...tokens, access: 'late' });
    await renewing?.catch(() => undefined);
    expect([...stored]).toEqual([]);
  });

  it('writes nothing over the tokens of the next sign-in, whenever it comes', async () => {
    const { signedIn, stored, refresh, sources, whileEnding } = setUp();
    let answer: (late: RefreshingTokens) => void = refuse;
    refresh.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    await signedIn.request('one', succeed);
    const renewing = sources[0]?.renewed('a');
    await expect.poll(() => refresh).toHaveBeenCalledOnce();
    // Once the new ones are kept, and before they are in use.
    whileEnding(async () => {
      answer({ ...tokens, access: 'late' });
      await setImmediate();
    });
    await signedIn.startSession('one', { ...tokens, access: 'new' });
    await renewing?.catch(() => undefined);
    expect(tokenOf(stored.get('one')!)).toBe('new');
  });

  it.each(['a sign-out', 'a refusal'])(
    'D2 a sign-in during the end of the session before is not undone by %s',
    async (end) => {
      const { signedIn, stored, whileEnding } = setUp();
      await signedIn.request('one', succeed);
      let signingIn: Promise<void> | undefined;
      whileEnding(() => {
        signingIn ??= signedIn.startSession('one', { ...tokens, access: 'new' });
        return setImmediate();
      });
      if (end === 'a sign-out') await signedIn.endSession('one');
      else await signedIn.request('one', fail('unauthenticated', { reason: 'session-ended' })).catch(() => undefined);
      await signingIn;
      expect(tokenOf(stored.get('one')!)).toBe('new');
      expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
    },
  );

  it('D2 a late refusal of the session before does not end a sign-in that is being kept', async () => {
    const { signedIn, stored, whileEnding } = setUp();
    await signedIn.request('one', succeed);
    let late: Promise<unknown> | undefined;
    whileEnding(() => {
      late ??= signedIn
        .request('one', fail('unauthenticated', { reason: 'session-ended' }))
        .catch((error: unknown) => error);
      return setImmediate();
    });
    await signedIn.startSession('one', { ...tokens, access: 'new' });
    expect(await late).toMatchObject({ code: 'unauthenticated' });
    expect(tokenOf(stored.get('one')!)).toBe('new');
    expect(await signedIn.state(record)).toMatchObject({ kind: 'online' });
  });
});
