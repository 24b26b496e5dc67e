import { describe, expect, it } from 'vitest';
import type { Clock } from '../ports.ts';
import { createServerClock } from './server-clock.ts';

const url = 'https://profile.example/me';
const date = 'Thu, 15 Jan 2026 12:00:00 GMT';
const shown = Date.UTC(2026, 0, 15, 12);

/** Two clocks that a test moves apart. */
function setUp() {
  const time = { wall: Date.UTC(2031, 5, 1), monotonic: 50_000 };
  const clock: Clock = {
    now: () => time.wall,
    monotonic: () => time.monotonic,
    sinceBoot: () => time.monotonic,
    sleep: () => Promise.reject(new Error('not here')),
  };
  const pass = (milliseconds: number) => {
    time.wall += milliseconds;
    time.monotonic += milliseconds;
  };
  return { time, pass, serverClock: createServerClock(clock) };
}

describe('X1 the server’s clock', () => {
  it('is the Date of an answer, half the round trip and half a second later, and goes on', () => {
    const { serverClock, pass, time } = setUp();
    expect(serverClock.now(url)).toBeUndefined();
    serverClock.note(url, date, time.monotonic - 800, time.monotonic);
    expect(serverClock.now(url)).toBe(shown + 500 + 400);
    pass(60_000);
    expect(serverClock.now('https://profile.example/auth/reauth?x=1')).toBe(shown + 500 + 400 + 60_000);
  });

  it('is another one for another server', () => {
    const { serverClock, time } = setUp();
    serverClock.note(url, date, time.monotonic, time.monotonic);
    expect(serverClock.now('https://profile.example:8443/me')).toBeUndefined();
    expect(serverClock.now('http://profile.example/me')).toBeUndefined();
  });

  it.each(['', 'soon', undefined])('is not learnt from %j, and what was known stays', (bad) => {
    const { serverClock, time } = setUp();
    serverClock.note(url, bad, time.monotonic, time.monotonic);
    expect(serverClock.now(url)).toBeUndefined();
    serverClock.note(url, date, time.monotonic, time.monotonic);
    serverClock.note(url, bad, time.monotonic, time.monotonic);
    expect(serverClock.now(url)).toBe(shown + 500);
  });

  it.each([
    ['set by a day', 86_400_000],
    ['set back', -86_400_000],
    ['that slept, so that its monotonic clock stood still', 3_000],
  ])('is unknown on a computer %s, until the next answer', (_, jump) => {
    const { serverClock, time } = setUp();
    serverClock.note(url, date, time.monotonic, time.monotonic);
    time.wall += jump;
    expect(serverClock.now(url)).toBeUndefined();
    serverClock.note(url, date, time.monotonic, time.monotonic);
    expect(serverClock.now(url)).toBe(shown + 500);
  });

  it('is not doubted for the little by which every clock is corrected', () => {
    const { serverClock, time, pass } = setUp();
    serverClock.note(url, date, time.monotonic, time.monotonic);
    pass(3_600_000);
    time.wall += 900;
    expect(serverClock.now(url)).toBe(shown + 500 + 3_600_000);
  });
});
