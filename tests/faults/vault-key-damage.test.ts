import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../electron/services/testing/memory-files.ts';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { vaultKeyCopy, vaultKeyFile } from '../../electron/services/vault/vault-key-file.ts';
import type { StoredSlots } from '../../electron/services/vault/vault.stored.ts';
import { bitsOf, flipped } from './stored/damages.ts';

const spec = noteSpec('note.sealed');
const passphrase = 'correct horse';
/** The short form takes every 7th bit: each byte position and each bit position comes. */
const step = process.env['FULL'] ? 1 : 7;

async function written() {
  const files = createMemoryFiles();
  const keyWrapper = createTestKeyWrapper();
  keyWrapper.is = 'absent';
  const storage = startStorage(files, keyWrapper);
  await storage.document(spec).write({ text: 'kept' });
  const wish = { kind: 'new', text: passphrase, hint: 'an animal' } as const;
  await storage.protect({ keyStore: false, passphrase: wish, current: null });
  const whole = new Map(files.content);
  /** As it was, but for some files; undefined takes one away. */
  function restart(changed: Readonly<Record<string, Uint8Array | undefined>>) {
    files.content.clear();
    for (const [name, content] of Object.entries({ ...Object.fromEntries(whole), ...changed }))
      if (content) files.content.set(name, content);
    return startStorage(files, keyWrapper);
  }
  return { files, whole, restart, good: whole.get(vaultKeyFile)! };
}

describe('D3 the key under a passphrase, damaged', () => {
  it('opens by its copy, whichever bit was flipped, and the damage is said and kept', async () => {
    const { files, restart, good } = await written();
    const outcomes = new Set<string>();
    const version = Buffer.from(good).indexOf('"version": 2') + '"version": '.length;
    const ofVersion = Array.from({ length: 8 }, (_, n) => version * 8 + n);
    for (const bit of [...bitsOf(good, step), ...ofVersion]) {
      const damaged = flipped(good, bit);
      const storage = restart({ [vaultKeyFile]: damaged });
      const outcome = await storage.unlock(passphrase).then(
        async () => (await storage.document(spec).read())?.text,
        (error: unknown) => String(error),
      );
      outcomes.add(`${String(outcome)}, ${String(storage.notices()[0]?.kind)}`);
      expect([...files.content.values()].some((content) => Buffer.from(content).equals(damaged))).toBe(true);
    }
    // Flips of the version look like a later app: such a file is not touched, and nothing is opened beside it.
    expect([...outcomes].sort()).toEqual(['AppError: storage-fault, later-or-damaged', 'kept, damaged-file-set-aside']);
  });

  it('opens by its copy at every length that it can be cut to', async () => {
    const { restart, good } = await written();
    for (let length = 0; length < good.length; length += 1) {
      const storage = restart({ [vaultKeyFile]: good.subarray(0, length) });
      await storage.unlock(passphrase);
      expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
      expect(storage.notices()).toMatchObject([{ kind: 'damaged-file-set-aside', what: 'secrets' }]);
    }
  });

  it('opens by its copy where somebody shortened the salt and made the sum fit', async () => {
    const { restart, good } = await written();
    const { check: _check, ...stored } = JSON.parse(Buffer.from(good).toString()) as StoredSlots;
    stored.passphrase.kdf.salt = Buffer.alloc(7).toString('base64');
    const check = createHash('sha256').update(JSON.stringify(stored)).digest('hex');
    const storage = restart({ [vaultKeyFile]: Buffer.from(`${JSON.stringify({ ...stored, check }, null, 2)}\n`) });
    await storage.unlock(passphrase);
    expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
    expect(storage.notices()).toMatchObject([{ kind: 'damaged-file-set-aside', what: 'secrets' }]);
  });

  it('opens by its copy where it was taken away, and the other way round', async () => {
    const { files, restart, good } = await written();
    for (const [name, kinds] of [
      [vaultKeyFile, ['file-missing']],
      [vaultKeyCopy, []],
    ] as const) {
      const storage = restart({ [name]: undefined });
      await storage.unlock(passphrase);
      expect(storage.notices().map(({ kind }) => kind)).toEqual(kinds);
      expect([vaultKeyFile, vaultKeyCopy].map((each) => Buffer.from(files.content.get(each)!))).toEqual([good, good]);
    }
  });

  it('in both files is never opened by half: all is kept, and said', async () => {
    const { files, whole, restart, good } = await written();
    for (const bit of bitsOf(good, step).filter((_, n) => n % 5 === 0)) {
      const damaged = flipped(good, bit);
      const storage = restart({ [vaultKeyFile]: damaged, [vaultKeyCopy]: damaged });
      await expect(storage.unlock(passphrase)).rejects.toThrow(/not-found|storage-fault/);
      const note = await storage
        .document(spec)
        .read()
        .catch((error: unknown) => String(error));
      expect(note === undefined || note === 'AppError: storage-fault', String(note)).toBe(true);
      expect(storage.notices().length).toBeGreaterThan(0);
      const found = [...files.content.values()].map((content) => Buffer.from(content).toString('base64'));
      for (const content of [damaged, whole.get(spec.name)!])
        expect(found).toContain(Buffer.from(content).toString('base64'));
    }
  });

  it('by a cost beyond all measure is not tried: nobody’s memory is filled', async () => {
    const { restart, good } = await written();
    const greedy = Buffer.from(Buffer.from(good).toString().replace('"memoryKiB": 65536', '"memoryKiB": 99999999'));
    const storage = restart({ [vaultKeyFile]: greedy });
    await storage.unlock(passphrase);
    expect(storage.notices()).toMatchObject([{ kind: 'damaged-file-set-aside' }]);
  });
});
