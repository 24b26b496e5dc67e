import { describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../testing/test-database.ts';
import { createTotpStore } from './totp.store.ts';

// RFC 6238, appendix B (SHA-1), the last six of its eight digits; the secret is "12345678901234567890".
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

function storeAt(seconds: number) {
  const { database, accountId } = openTestDatabase();
  const clock = { seconds };
  const store = createTotpStore(database, { now: () => clock.seconds * 1000 });
  return { store, accountId, clock };
}

describe('W10 TOTP', () => {
  it.each(vectors)('takes the code of RFC 6238 for second %i: %s', (seconds, code) => {
    const { store, accountId } = storeAt(seconds);
    store.enable(accountId, secret);
    expect(store.take(accountId, code)).toBe(true);
    expect(store.take(accountId, code)).toBe(false);
  });

  it('is off until switched on; then nothing passes without a code', () => {
    const { store, accountId } = storeAt(59);
    expect(store.isEnabled(accountId)).toBe(false);
    expect(store.take(accountId, '287082')).toBe(false);
    store.enable(accountId, secret);
    expect(store.isEnabled(accountId)).toBe(true);
    for (const code of ['', '28708', '2870820', 'abcdef', '２８７０８２', '287 082', '000000']) expect(store.take(accountId, code)).toBe(false);
  });

  it('starts anew with a new secret', () => {
    const { store, accountId } = storeAt(59);
    store.enable(accountId, secret);
    expect(store.take(accountId, '287082')).toBe(true);
    store.enable(accountId, secret);
    expect(store.take(accountId, '287082')).toBe(true);
  });
});
