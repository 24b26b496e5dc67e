import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestIssuer, type TestIssuer } from '../../../server/testing/test-issuer.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { Attempts, type AttemptPlan } from './attempts.ts';

const nonce = 'n'.repeat(43);
let issuer: TestIssuer;
let clock: ManualClock;
let attempts: Attempts<string>;
let opened: URL[];
let logged: unknown[];
let hasBrowser: boolean;

beforeEach(async () => {
  issuer = await startTestIssuer();
  const now = Math.floor(Date.now() / 1000);
  issuer.idToken = await issuer.sign({
    iss: issuer.provider.issuer,
    aud: 'desk',
    sub: 'u1',
    iat: now,
    exp: now + 300,
    nonce,
  });
  clock = createManualClock();
  [opened, logged, hasBrowser] = [[], [], true];
  const open = (address: URL) => Promise.resolve(hasBrowser && opened.push(address) > 0);
  const note = (...said: unknown[]) => void logged.push(said);
  attempts = new Attempts({ browser: { open }, clock, log: { info: note, warn: note, error: note } });
});
afterEach(async () => {
  attempts.stop();
  await issuer.close();
});

const plan = (changes: Partial<AttemptPlan<string>> = {}): AttemptPlan<string> => ({
  client: issuer.provider,
  askNonce: () => Promise.resolve(nonce),
  complete: ({ idToken }) => Promise.resolve(idToken),
  ...changes,
});

/** As the browser when it is sent back. */
function comeBack(query = 'code=c1', to = opened.at(-1)): Promise<Response> {
  const asked = to?.searchParams;
  return fetch(`${asked?.get('redirect_uri') ?? ''}?${query}&state=${asked?.get('state') ?? ''}`);
}

describe('C3 a sign-in at an identity provider', () => {
  it('opens the browser, waits for it, and gives the ID token on', async () => {
    const { attempt, provider, address, expiresAt } = await attempts.begin(plan());
    expect([provider, address, Date.parse(expiresAt) - clock.now()]).toEqual(['Test issuer', null, 300_000]);
    await comeBack();
    expect(await attempts.finish(attempt)).toBe(issuer.idToken);
    expect(await attempts.finish(attempt)).toBe(issuer.idToken);
    await expect(comeBack()).rejects.toThrow();
    expect(JSON.stringify(logged)).not.toContain(issuer.idToken);
  });

  it('gives the address where no browser could be opened, again once one can', async () => {
    hasBrowser = false;
    const { attempt, address } = await attempts.begin(plan());
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/authorize\?/);
    hasBrowser = true;
    expect(await attempts.openAgain(attempt)).toMatchObject({ attempt, address: null });
    expect(opened.map(({ href }) => href)).toEqual([address]);
  });

  it('ends after five minutes, and nobody listens any more', async () => {
    const { attempt } = await attempts.begin(plan());
    await clock.advance(299_999);
    const end = expect(attempts.finish(attempt)).rejects.toMatchObject({
      code: 'cancelled',
      details: { reason: 'sign-in-took-too-long' },
    });
    await clock.advance(1);
    await end;
    await expect(comeBack()).rejects.toThrow();
  });

  it('ends when the person cancels it, and when its session is over', async () => {
    for (const stop of [() => attempts.stop(), () => attempts.stop((accountId) => accountId === 'c1')]) {
      const { attempt } = await attempts.begin(plan({ accountId: 'c1' }));
      attempts.stop((accountId) => accountId === 'c2');
      stop();
      await expect(attempts.finish(attempt)).rejects.toMatchObject({ code: 'cancelled', details: {} });
      await expect(comeBack()).rejects.toThrow();
    }
  });

  it('gives way to the next one', async () => {
    const first = await attempts.begin(plan());
    const last = attempts.finish(first.attempt).catch((error: unknown) => error);
    const second = await attempts.begin(plan());
    expect(await last).toMatchObject({ code: 'cancelled' });
    await expect(comeBack('code=c1', opened[0])).rejects.toThrow();
    await comeBack();
    expect(await attempts.finish(second.attempt)).toBe(issuer.idToken);
    await expect(attempts.finish(first.attempt)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tells what the person did there, and a wrong state', async () => {
    const declined = await attempts.begin(plan());
    await comeBack('error=access_denied');
    await expect(attempts.finish(declined.attempt)).rejects.toMatchObject({
      code: 'cancelled',
      details: { reason: 'declined-at-provider' },
    });
    const foreign = await attempts.begin(plan());
    opened.at(-1)?.searchParams.set('state', 'x');
    await comeBack();
    await expect(attempts.finish(foreign.attempt)).rejects.toMatchObject({
      code: 'untrusted-answer',
      details: { reason: 'wrong-state' },
    });
    expect(logged).toHaveLength(2);
  });

  it('E12 can be finished after a proof that was missing, without another sign-in', async () => {
    const tries: string[] = [];
    const complete: AttemptPlan<string>['complete'] = ({ idToken }, attempt) => {
      tries.push(attempt);
      return tries.length === 1 ? Promise.reject(new AppError('reauth-required')) : Promise.resolve(idToken);
    };
    const { attempt } = await attempts.begin(plan({ complete }));
    await comeBack();
    await expect(attempts.finish(attempt)).rejects.toMatchObject({ code: 'reauth-required' });
    expect(await attempts.finish(attempt)).toBe(issuer.idToken);
    expect(tries).toEqual([attempt, attempt]);
    expect(issuer.asked).toHaveLength(1);
  });

  it('is not begun where the provider is down or the profile service refuses', async () => {
    await expect(
      attempts.begin(plan({ askNonce: () => Promise.reject(new AppError('forbidden')) })),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await issuer.close();
    await expect(attempts.begin(plan())).rejects.toMatchObject({
      code: 'server-fault',
      details: { reason: 'identity-provider-down' },
    });
    expect(opened).toEqual([]);
  });
});
