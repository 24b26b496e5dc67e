import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { RefreshingTokens, Tokens } from '../provider/tokens.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTokenKeeper } from './token-keeper.ts';

const lifetime = 600_000;

/** A provider that gives out numbered tokens, and a keeper that starts with number 1. */
function setUp() {
  const clock = createManualClock();
  const issue = (number: number): RefreshingTokens => ({
    kind: 'refreshing',
    access: `access-${number}`,
    refresh: `refresh-${number}`,
    expiresAt: clock.now() + lifetime,
  });
  let issued = 1;
  const refresh = vi.fn<(refreshToken: string, attempt: string) => Promise<RefreshingTokens>>(() =>
    Promise.resolve(issue((issued += 1))),
  );
  const save = vi.fn<(tokens: Tokens) => Promise<void>>(() => Promise.resolve());
  const keeper = createTokenKeeper({ tokens: issue(1), clock, save, refresh });
  return { clock, refresh, save, keeper };
}

const offline = new AppError('offline', { reason: 'connection-lost' });
const ended = new AppError('unauthenticated', { reason: 'session-ended' });

describe('D2 · an access token that is valid now', () => {
  it('is used as long as it lives', async () => {
    const { keeper, clock, refresh } = setUp();
    await clock.advance(lifetime - 31_000);
    expect(await keeper.accessToken()).toBe('access-1');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('is renewed half a minute before its end, once for all who ask', async () => {
    const { keeper, clock, refresh } = setUp();
    await clock.advance(lifetime - 30_000);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keeper.accessToken()));
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(refresh).toHaveBeenCalledExactlyOnceWith('refresh-1', expect.any(String));
  });

  it('is renewed once for 50 who were refused, those who come late included', async () => {
    const { keeper, refresh } = setUp();
    const early = await Promise.all(Array.from({ length: 49 }, () => keeper.renewed('access-1')));
    expect([...early, await keeper.renewed('access-1')]).toEqual(Array(50).fill('access-2'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('is not given out while the refused one is being replaced', async () => {
    const { keeper } = setUp();
    const [renewed, asked] = await Promise.all([keeper.renewed('access-1'), keeper.accessToken()]);
    expect([renewed, asked]).toEqual(['access-2', 'access-2']);
  });

  it('is renewed with the newest refresh token, each time as a new exchange', async () => {
    const { keeper, refresh } = setUp();
    await keeper.renewed('access-1');
    await keeper.renewed('access-2');
    expect(refresh.mock.calls.map(([token]) => token)).toEqual(['refresh-1', 'refresh-2']);
    expect(new Set(refresh.mock.calls.map(([, attempt]) => attempt)).size).toBe(2);
  });

  it('tells the refresh token that counts once the renewal under way is over', async () => {
    const { keeper, save } = setUp();
    expect(await keeper.refreshToken?.()).toBe('refresh-1');
    const renewing = keeper.renewed('access-1');
    expect(await keeper.refreshToken?.()).toBe('refresh-2');
    await renewing;
    save.mockRejectedValueOnce(new AppError('storage-fault'));
    await keeper.renewed('access-2').catch(() => undefined);
    expect(await keeper.refreshToken?.(), 'received, though not kept').toBe('refresh-3');
  });
});

describe('D3 · new tokens are kept before they are used', () => {
  it('gives none out until they are saved', async () => {
    const { keeper, save } = setUp();
    let finish: () => void = () => undefined;
    save.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
    const given = vi.fn();
    const waiting = keeper.renewed('access-1').then(given);
    await expect.poll(() => save.mock.calls.length).toBe(1);
    expect(given).not.toHaveBeenCalled();
    finish();
    await waiting;
    expect(given).toHaveBeenCalledExactlyOnceWith('access-2');
  });

  it('saves them later where the disk was full, without a second exchange', async () => {
    const { keeper, save, refresh } = setUp();
    save.mockRejectedValueOnce(new AppError('storage-fault', { reason: 'disk-full' }));
    await expect(keeper.renewed('access-1')).rejects.toMatchObject({ code: 'storage-fault' });
    expect(await keeper.renewed('access-1')).toBe('access-2');
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(save).toHaveBeenCalledTimes(2);
  });
});

describe('D5 · a renewal that fails', () => {
  it('is tried again as the same exchange when the network is back', async () => {
    const { keeper, refresh } = setUp();
    refresh.mockRejectedValueOnce(offline);
    await expect(keeper.renewed('access-1')).rejects.toBe(offline);
    expect(await keeper.renewed('access-1')).toBe('access-2');
    expect(refresh.mock.calls[0]).toEqual(refresh.mock.calls[1]);
  });

  it('for good is told to all who wait, and never tried again', async () => {
    const { keeper, refresh, save } = setUp();
    refresh.mockRejectedValue(ended);
    const results = await Promise.allSettled([
      keeper.renewed('access-1'),
      keeper.accessToken(),
      keeper.renewed('access-1'),
    ]);
    expect(results.map((result) => result.status === 'rejected' && (result.reason as unknown) === ended)).toEqual([
      true,
      true,
      true,
    ]);
    await expect(keeper.accessToken()).rejects.toBe(ended);
    await expect(keeper.renewed('access-1')).rejects.toBe(ended);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(save).not.toHaveBeenCalled();
  });
});

describe('R2 · a token that nothing renews', () => {
  const keepLasting = (tokens: Tokens) => {
    const refresh = vi.fn<() => Promise<RefreshingTokens>>();
    const clock = createManualClock();
    const save = vi.fn<(tokens: Tokens) => Promise<void>>(() => Promise.resolve());
    const keeper = createTokenKeeper({ tokens, clock, save, refresh });
    return { refresh, save, keeper };
  };

  it.each([
    { kind: 'fixed', token: 'pasted', expiresAt: 0, scopes: ['read:user'] },
    { kind: 'session', token: 'cookie', expiresAt: 0 },
  ] as const)('is sent as it is, also past its end by this clock, and never refreshed: $kind', async (tokens) => {
    const { keeper, refresh } = keepLasting(tokens);
    expect(await keeper.accessToken()).toBe(tokens.token);
    await expect(keeper.renewed(tokens.token)).rejects.toMatchObject(ended);
    expect(keeper.hasEnded(), 'one refusal is not the end: who am I is asked next').toBe(false);
    expect(await keeper.accessToken()).toBe(tokens.token);
    expect(refresh).not.toHaveBeenCalled();
  });

  describe('R7 and that the service exchanged', () => {
    const pasted = { kind: 'fixed', token: 'pasted', expiresAt: null, scopes: ['api'] } as const;
    const next = { ...pasted, token: 'next' };
    const give = () => Promise.resolve(next);
    const asIs = (answer: typeof next) => answer;

    it('counts from now on, is kept, and saves whoever was refused with the one before', async () => {
      const { keeper, save } = keepLasting(pasted);
      await keeper.replace!(give, asIs);
      expect(await keeper.accessToken()).toBe('next');
      expect(save.mock.calls).toEqual([[next]]);
      expect(await keeper.renewed('pasted')).toBe('next');
      await expect(keeper.renewed('next')).rejects.toMatchObject(ended);
    });

    it('is waited for by whoever asks, or was refused, while the one before may be void already', async () => {
      const { keeper } = keepLasting(pasted);
      let answer: (given: typeof next) => void = () => undefined;
      const exchange = vi.fn<(token: string) => Promise<typeof next>>(
        () => new Promise((resolve) => (answer = resolve)),
      );
      const replacing = keeper.replace!(exchange, asIs);
      const waiting = Promise.all([keeper.accessToken(), keeper.renewed('pasted')]);
      await expect.poll(() => exchange).toHaveBeenCalledExactlyOnceWith('pasted');
      answer(next);
      expect(await replacing).toBe(next);
      expect(await waiting).toEqual(['next', 'next']);
    });

    it('leaves the one before where it failed', async () => {
      const { keeper, save } = keepLasting(pasted);
      await expect(keeper.replace!(() => Promise.reject(offline), asIs)).rejects.toBe(offline);
      expect(await keeper.accessToken()).toBe('pasted');
      expect(save).not.toHaveBeenCalled();
      await expect(keeper.renewed('pasted')).rejects.toMatchObject(ended);
    });

    it('is used although it could not be kept, and kept as soon as it can be', async () => {
      const { keeper, save } = keepLasting(pasted);
      save.mockRejectedValueOnce(new Error('full')).mockRejectedValueOnce(new Error('full'));
      await keeper.replace!(give, asIs);
      expect(await keeper.accessToken()).toBe('next');
      expect(await keeper.accessToken()).toBe('next');
      await keeper.accessToken();
      expect(save.mock.calls).toHaveLength(3);
    });
  });
});
