import { afterEach, describe, expect, it, vi } from 'vitest';
import { localDay } from './local-day.ts';

afterEach(() => vi.unstubAllEnvs());

describe('X3 the day of a moment', () => {
  it.each([
    ['America/Los_Angeles', '2026-03-02T07:59:59.000Z', '2026-03-01'],
    ['UTC', '2026-03-02T07:59:59.000Z', '2026-03-02'],
    ['Asia/Tokyo', '2026-02-28T15:00:00.000Z', '2026-03-01'],
  ])('is that of %s', (zone, instant, day) => {
    vi.stubEnv('TZ', zone);
    expect(localDay(instant)).toBe(day);
  });
});
