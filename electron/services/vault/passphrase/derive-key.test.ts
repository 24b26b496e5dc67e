import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../core/clock.ts';
import { startKeyWorker } from '../../../../tests/support/start-key-worker.ts';
import type { Child } from '../../ports.ts';
import { createDeriveKey } from './derive-key.ts';
import { currentCost, isWeaker, openSlot, sealSlot } from './passphrase-slot.ts';

const clock = createSystemClock();
const cost = { memoryKiB: 8_192, passes: 1, lanes: 1 };
const kdf = { name: 'argon2id', ...cost, salt: Buffer.alloc(16, 7).toString('base64') } as const;

describe('D3 the key that a passphrase makes', () => {
  const deriveKey = createDeriveKey({ start: startKeyWorker, clock });

  it('is that of another implementation of Argon2id: Node’s, which Electron has not', async () => {
    const expected = argon2Sync('argon2id', {
      ...{ message: Buffer.from('zürich café'), nonce: Buffer.alloc(16, 7), tagLength: 32 },
      ...{ memory: cost.memoryKiB, passes: cost.passes, parallelism: cost.lanes },
    });
    for (const typed of ['zürich café', 'zürich café'.normalize('NFD')])
      expect(Buffer.from(await deriveKey(typed, kdf)).toString('hex')).toBe(expected.toString('hex'));
    expect(Buffer.from(await deriveKey('zürich café ', kdf))).not.toEqual(expected);
  });

  it('opens what it sealed at the cost of today, and nothing else does', async () => {
    const key = Buffer.alloc(32, 1);
    const slot = await sealSlot(key, { text: 'correct horse', hint: null }, deriveKey);
    expect(slot.kdf).toMatchObject({ name: 'argon2id', ...currentCost });
    expect(Buffer.from(slot.wrappedKey, 'base64')).toHaveLength(12 + 32 + 16);
    expect(await openSlot(slot, 'correct horse', deriveKey)).toEqual(key);
    expect(await openSlot(slot, 'correct horsf', deriveKey)).toBeUndefined();
    expect(isWeaker(slot.kdf)).toBe(false);
  });

  it('is made in a child of its own, which ends with it', async () => {
    const children: { ended: boolean }[] = [];
    const start = (): Child => {
      const child = startKeyWorker();
      const state = { ended: false };
      children.push(state);
      child.onExit(() => (state.ended = true));
      return child;
    };
    const derive = createDeriveKey({ start, clock });
    await Promise.all([derive('one', kdf), derive('another', kdf)]);
    await expect.poll(() => children).toEqual([{ ended: true }, { ended: true }]);
  });
});
