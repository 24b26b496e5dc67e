import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveHttp, type FaultServer } from '../../../../tests/faults/fault-server.ts';
import { reply, resetAtOnce } from '../../../../tests/faults/faults.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { DeviceAttempts, type DevicePlan } from './device-attempts.ts';

const json = (value: unknown, status = 200) =>
  reply(JSON.stringify(value), { 'Content-Type': 'application/json' }, status);
const deviceCode = 'the half that nobody sees';

let server: FaultServer;
let clock: ManualClock;
let opened: URL[];
let hasBrowser: boolean;
let told: unknown[];
let logged: unknown[];
let attempts: DeviceAttempts<string>;
/** What the service says of the code. */
let answer: ReturnType<typeof json>;
/** Each answers somebody who asked for a code that comes late. */
let late: (() => void)[];

beforeEach(async () => {
  [clock, opened, told, logged, hasBrowser] = [createManualClock(), [], [], [], true];
  answer = json({ error: 'authorization_pending' }, 400);
  late = [];
  server = await serveHttp((request, response) => {
    const codes = { device_code: deviceCode, user_code: 'A-B', verification_uri: `${server.address}/device` };
    const give = () => json({ ...codes, expires_in: 60, interval: 5 })(request, response);
    if (request.url === '/late') late.push(give);
    else if (request.url === '/code') give();
    else answer(request, response);
  });
  const note = (...said: unknown[]) => void logged.push(said);
  attempts = new DeviceAttempts({
    browser: { open: (page) => Promise.resolve(hasBrowser && opened.push(page) > 0) },
    clock,
    log: { info: note, warn: note, error: note },
    version: '1.0.0',
    emit: (...said) => void told.push(said),
  });
});
afterEach(async () => {
  attempts.stop();
  await server.close();
});

const plan = (changes: Partial<DevicePlan<string>> = {}): DevicePlan<string> => ({
  endpoints: { codes: `${server.address}/code`, tokens: `${server.address}/token`, scopes: ['user'] },
  clientId: 'desk',
  complete: ({ accessToken }) => Promise.resolve(accessToken),
  ...changes,
});

/** Until the next question was answered, and the pause after it begun. */
async function pass(milliseconds: number): Promise<void> {
  const next = clock.nextSleep();
  await clock.advance(milliseconds);
  await next;
}

describe('R2 a sign-in by a code', () => {
  it('tells what to type and where, and not the half of the app', async () => {
    const begun = await attempts.begin(plan());
    expect(begun).toEqual({
      attempt: begun.attempt,
      userCode: 'A-B',
      page: `${server.address}/device`,
      expiresAt: new Date(clock.now() + 60_000).toISOString(),
    });
    expect(opened, 'the code is read first').toEqual([]);
    expect(await attempts.openPage(begun.attempt)).toBeNull();
    hasBrowser = false;
    expect(await attempts.openPage(begun.attempt)).toBe(begun.page);
    expect(opened).toHaveLength(1);
  });

  it('ends with what was granted once the code was typed', async () => {
    const { attempt } = await attempts.begin(plan());
    const finished = attempts.finish(attempt);
    await pass(5_000);
    answer = json({ access_token: 'gho_1' });
    await clock.advance(5_000);
    expect(await finished).toBe('gho_1');
  });

  it('goes on without a network, and tells so once for each change', async () => {
    const { attempt } = await attempts.begin(plan());
    answer = resetAtOnce;
    await pass(5_000);
    answer = json({ error: 'authorization_pending' }, 400);
    await pass(10_000);
    await pass(10_000);
    expect(told).toMatchObject([
      ['auth.deviceSignInWaits', { attempt, cause: { code: 'offline', reason: 'connection-lost' } }],
      ['auth.deviceSignInWaits', { attempt, cause: null }],
    ]);
  });

  it.each([
    ['called off', async (id: string) => attempts.cancel(id)],
    ['ended with the app', async () => attempts.stop()],
    ['followed by another one', () => attempts.begin(plan())],
  ])('asks no more once it was %s', async (_case, end) => {
    const { attempt } = await attempts.begin(plan());
    const finished = attempts.finish(attempt);
    await end(attempt);
    await expect(finished).rejects.toMatchObject({ code: 'cancelled', details: {} });
  });

  it('is none of which the code comes after the next one began, or after the end of the app', async () => {
    const endpoints = { codes: `${server.address}/late`, tokens: `${server.address}/token`, scopes: [] };
    const early = attempts.begin(plan({ endpoints }));
    const refused = expect(early).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => late).toHaveLength(1);
    const { attempt } = await attempts.begin(plan());
    late.at(-1)?.();
    await refused;
    answer = json({ access_token: 'gho_2' });
    const finished = attempts.finish(attempt);
    await clock.advance(5_000);
    expect(await finished).toBe('gho_2');

    const last = attempts.begin(plan({ endpoints }));
    const over = expect(last).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => late).toHaveLength(2);
    attempts.stop();
    late.at(-1)?.();
    await over;
  });

  it('lets the one that is called off late alone', async () => {
    const first = await attempts.begin(plan());
    const second = await attempts.begin(plan());
    attempts.cancel(first.attempt);
    await expect(attempts.openPage(first.attempt)).rejects.toMatchObject({ code: 'not-found' });
    answer = json({ access_token: 'gho_2' });
    const finished = attempts.finish(second.attempt);
    await clock.advance(5_000);
    expect(await finished).toBe('gho_2');
  });

  it('is not begun where the code is refused, and logs neither half', async () => {
    const { attempt } = await attempts.begin(plan());
    const finished = attempts.finish(attempt);
    answer = json({ error: 'access_denied', error_description: deviceCode }, 400);
    await clock.advance(5_000);
    await expect(finished).rejects.toMatchObject({ details: { reason: 'declined-at-provider' } });
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain(deviceCode);
  });
});
