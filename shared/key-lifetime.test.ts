import { describe, expect, it } from 'vitest';
import { endOfNext, latestInstant } from './key-lifetime.ts';

describe('X3 a key made for as long as another one', () => {
  it('ends as long after it was made', () => {
    expect(endOfNext({ createdAt: 1_000, expiresAt: 4_000 }, 10_000)).toBe(13_000);
  });

  it('ends by the last instant that can be written at the latest', () => {
    const now = Date.UTC(2026, 0, 1);
    expect(endOfNext({ createdAt: now - 1, expiresAt: latestInstant }, now)).toBe(latestInstant);
    expect(new Date(latestInstant).toISOString()).toBe('9999-12-31T23:59:59.999Z');
    expect(new Date(latestInstant + 1).toISOString()).toMatch(/^\+/);
  });
});
