import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstatSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveDocumentKey, open, seal, type Label } from '../../electron/services/vault/sealed-format.ts';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { createMemoryFiles } from '../../electron/services/testing/memory-files.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { damagesOf, flipped } from './stored/damages.ts';

const label: Label = { name: 'profile-1.sealed', what: 'profile', account: '1' };
const key = deriveDocumentKey(randomBytes(32), label.name);
/** 4 KB with all that is around the ciphertext. */
const file = seal(key, label, { schemaVersion: 1, generation: 1, plaintext: randomBytes(4_096 - 43) });
const bits = file.length * 8;
/**
 * The short form takes every 7th bit (7 and 8 have no common divisor: each byte position and each bit position comes).
 */
const step = process.env['FULL'] ? 1 : 7;

describe('D5 damage to a sealed file of 4 KB', () => {
  it('is 4 KB, and opens undamaged', () => {
    expect(bits).toBe(32_768);
    expect(open(key, label, file).kind).toBe('content');
  });

  it(`is noticed for each flipped bit: ${Math.ceil(bits / step)} of ${bits}`, () => {
    const unnoticed = [];
    for (let bit = 0; bit < bits; bit += step)
      if (open(key, label, flipped(file, bit)).kind === 'content') unnoticed.push(bit);
    expect(unnoticed).toEqual([]);
  });

  it('is noticed for each flipped bit of the head, nonce and tag', () => {
    const ends = [
      ...Array.from({ length: 27 * 8 }, (_, bit) => bit),
      ...Array.from({ length: 16 * 8 }, (_, bit) => bits - 1 - bit),
    ];
    expect(ends.filter((bit) => open(key, label, flipped(file, bit)).kind === 'content')).toEqual([]);
  });

  it('is noticed for every length it can be cut to, and for bytes added', () => {
    const lengths = Array.from({ length: file.length }, (_, length) => length);
    expect(lengths.filter((length) => open(key, label, file.subarray(0, length)).kind !== 'damaged')).toEqual([]);
    expect(open(key, label, Buffer.concat([file, Buffer.alloc(1)])).kind).toBe('damaged');
  });
});

describe('D5 damage as the whole storage meets it', () => {
  const spec = noteSpec('note.sealed');

  async function written(): Promise<{
    files: ReturnType<typeof createMemoryFiles>;
    keyWrapper: ReturnType<typeof createTestKeyWrapper>;
    good: Uint8Array;
  }> {
    const files = createMemoryFiles();
    const keyWrapper = createTestKeyWrapper();
    await startStorage(files, keyWrapper).document(spec).write({ text: 'what was written' });
    return { files, keyWrapper, good: files.content.get(spec.name)! };
  }

  it('never gives a wrong value and never loses the bytes: each bit of a small document', async () => {
    const { files, keyWrapper, good } = await written();
    const outcomes = new Set<string>();
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const damaged = flipped(good, bit);
      files.content.set(spec.name, damaged);
      const storage = startStorage(files, keyWrapper);
      const outcome = await storage
        .document(spec)
        .read()
        .catch((error: unknown) => error);
      const copies = [...files.content].filter(([, content]) => content === damaged).map(([name]) => name);
      expect(copies).toHaveLength(1);
      if (outcome === undefined)
        outcomes.add(
          `undefined, ${storage.notices()[0]?.kind ?? 'no notice'}, ${copies[0] === spec.name ? 'left' : 'aside'}`,
        );
      else outcomes.add(`${String(outcome)}, ${copies[0] === spec.name ? 'left' : 'aside'}`);
      files.content.delete(copies[0]!);
    }
    // Flips of the format byte look like a later version of this app: such a file is not touched.
    expect([...outcomes].sort()).toEqual(['AppError: storage-fault, left', 'undefined, damaged-file-set-aside, aside']);
  });

  it('loses no other document to one byte of ledger, document or key file (L1)', async () => {
    const other = noteSpec('other.sealed');
    const flips = Array.from({ length: 8 }, (_, bit) => 32 + bit);
    for (const name of ['ledger.sealed', spec.name, 'vault-key.json']) {
      for (const bit of flips) {
        const { files, keyWrapper } = await written();
        await startStorage(files, keyWrapper).document(other).write({ text: 'of another' });
        const good = files.content.get(name)!;
        const damaged =
          name === 'vault-key.json'
            ? Buffer.from(
                Buffer.from(good)
                  .toString()
                  .replace('"version": 1', `"version": ${String(bit)}`),
              )
            : flipped(good, bit);
        files.content.set(name, damaged);
        const storage = startStorage(files, keyWrapper);
        expect(await storage.document(other).read(), `${name}, bit ${String(bit)}`).toEqual({ text: 'of another' });
        await storage
          .document(spec)
          .read()
          .catch(() => undefined);
        expect(storage.notices().length, `${name}, bit ${String(bit)}`).toBeGreaterThan(0);
        // Nothing of it is lost, also once more is written.
        await storage.document(other).write({ text: 'written on' });
        expect([...files.content.values()].some((content) => Buffer.from(content).equals(damaged))).toBe(true);
        expect(await startStorage(files, keyWrapper).document(other).read()).toEqual({ text: 'written on' });
      }
    }
  });

  it('notices each flipped bit of the ledger, and each length it can be cut to', async () => {
    const { files, keyWrapper } = await written();
    const good = files.content.get('ledger.sealed')!;
    for (const { what, content } of damagesOf(good, 1)) {
      files.content.set('ledger.sealed', content);
      const storage = startStorage(files, keyWrapper);
      const outcome = await storage
        .document(spec)
        .read()
        .catch((error: unknown) => error);
      const isNoticed = storage.notices().some((notice) => notice.what === 'ledger') || outcome instanceof Error;
      expect(isNoticed, what).toBe(true);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'sets aside a link to what never ends, and a pipe; the others stay',
    async () => {
      using folder = makeTempFolder();
      const keyWrapper = createTestKeyWrapper();
      const other = noteSpec('other.sealed');
      const first = startStorage(folder.path, keyWrapper);
      for (const each of [spec, other]) await first.document(each).write({ text: 'what was written' });
      const path = join(folder.path, spec.name);
      const plant: Readonly<Record<string, () => void>> = {
        'a link to /dev/zero': () => symlinkSync('/dev/zero', path),
        'a pipe': () => spawnSync('mkfifo', [path]),
      };
      for (const [what, make] of Object.entries(plant)) {
        rmSync(path);
        make();
        const storage = startStorage(folder.path, keyWrapper);
        expect(await storage.document(spec).read(), what).toBeUndefined();
        expect(storage.notices().map(({ kind }) => kind)).toEqual(['damaged-file-set-aside']);
        expect(await storage.document(other).read()).toEqual({ text: 'what was written' });
        await storage.document(spec).write({ text: 'written anew' });
        expect(lstatSync(path).isFile()).toBe(true);
      }
    },
  );
});
