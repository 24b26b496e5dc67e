import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../../tests/support/temp-folder.ts';
import { createNodeFileStore } from '../../services/files/node-file-store.ts';
import { createManualClock } from '../../services/testing/manual-clock.ts';
import { createTestKeyWrapper } from '../../services/testing/test-key-wrapper.ts';
import { silentLog } from '../../services/testing/test-storage.ts';
import { keepWrappingKey, localStateIn, restoreWrappingKey } from './windows-wrapping-key.ts';

let folder: TempFolder;
beforeEach(() => (folder = makeTempFolder()));
afterEach(() => folder[Symbol.dispose]());

const key = new Uint8Array(32).fill(7);
const one = Buffer.alloc(40, 1).toString('base64');
const two = Buffer.alloc(40, 2).toString('base64');

function setUp() {
  const session = join(folder.path, 'chromium-keep');
  const store = join(folder.path, 'store');
  mkdirSync(session);
  const clock = createManualClock();
  const localState = localStateIn(session);
  const files = createNodeFileStore(store, clock);
  const wrapper = keepWrappingKey(createTestKeyWrapper(), { localState, files, clock, log: silentLog });
  const chromiumWrites = (wrappingKey: string) =>
    writeFileSync(localState, JSON.stringify({ theirs: 1, os_crypt: { encrypted_key: wrappingKey } }));
  return { clock, localState, store, copy: join(store, 'wrapping-key.json'), wrapper, chromiumWrites };
}

describe("D3 Chromium's key on Windows", () => {
  it('is waited for, and copied, before what it wraps counts as kept', async () => {
    const { clock, copy, wrapper, chromiumWrites } = setUp();
    let isWrapped = false;
    const waiting = clock.nextSleep();
    const wrapping = wrapper.wrap(key).then(() => (isWrapped = true));
    await waiting;
    await clock.advance(9_000);
    expect([isWrapped, existsSync(copy)]).toEqual([false, false]);
    chromiumWrites(one);
    await clock.advance(250);
    await wrapping;
    expect(JSON.parse(readFileSync(copy, 'utf8'))).toEqual({ version: 1, wrappingKey: one });
  });

  it('that is never written keeps nothing: then the vault key must not count as kept', async () => {
    const { clock, copy, wrapper } = setUp();
    const begun = clock.now();
    let refused: unknown;
    wrapper.wrap(key).catch((error: unknown) => (refused = error));
    while (refused === undefined && clock.now() - begun < 30_000) await clock.advance(250);
    expect(refused).toMatchObject({ code: 'key-store-unavailable' });
    expect(clock.now() - begun).toBeGreaterThanOrEqual(15_000);
    expect(existsSync(copy)).toBe(false);
  });

  it('is copied anew whenever it opened the vault, and not where it did not', async () => {
    const { clock, copy, wrapper, chromiumWrites } = setUp();
    chromiumWrites(one);
    const wrapping = wrapper.wrap(key);
    await clock.advance(0);
    const wrapped = await wrapping;
    chromiumWrites(two);
    await expect(wrapper.unwrap(new Uint8Array(60))).rejects.toMatchObject({ code: 'key-store-unavailable' });
    expect(readFileSync(copy, 'utf8')).toContain(one);
    expect(Uint8Array.from(await wrapper.unwrap(wrapped))).toEqual(key);
    expect(readFileSync(copy, 'utf8')).toContain(two);
  });

  it('is put back only where it is missing or another, and nothing else of the file is changed', async () => {
    const { clock, localState, store, wrapper, chromiumWrites } = setUp();
    expect(restoreWrappingKey(localState, store)).toBe(false);
    chromiumWrites(one);
    const wrapping = wrapper.wrap(key);
    await clock.advance(0);
    await wrapping;
    expect(restoreWrappingKey(localState, store)).toBe(false);
    chromiumWrites(two);
    expect(restoreWrappingKey(localState, store)).toBe(true);
    expect(JSON.parse(readFileSync(localState, 'utf8'))).toEqual({ theirs: 1, os_crypt: { encrypted_key: one } });
  });

  it('is put back from no copy that is damaged', () => {
    const { localState, store, copy, chromiumWrites } = setUp();
    mkdirSync(store, { recursive: true });
    writeFileSync(copy, '{"version":1,"wrappingKey":"not Base64!"}');
    chromiumWrites(two);
    expect(restoreWrappingKey(localState, store)).toBe(false);
    expect(readFileSync(localState, 'utf8')).toContain(two);
  });
});
