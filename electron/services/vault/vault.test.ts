import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { KeyWrapper } from '../ports.ts';
import { createTestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../testing/test-storage.ts';
import { storedVaultKeySchema } from './vault.stored.ts';

function tempPath(): string {
  const folder = makeTempFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

const spec = noteSpec('note.sealed');
const locked = { code: 'key-store-unavailable', details: { reason: 'key-store-locked' } };
const changed = { code: 'key-store-unavailable', details: { reason: 'key-store-changed' } };

describe('D3 the key store is asked only when needed', () => {
  it('is not touched by a start, a status, a read of nothing or a removal of nothing', async () => {
    const keyWrapper = createTestKeyWrapper();
    const folder = tempPath();
    const storage = startStorage(folder, keyWrapper);
    expect(await storage.status()).toEqual({ protection: 'key-store', keyStore: null });
    expect(await storage.document(spec).read()).toBeUndefined();
    await storage.document(spec).remove();
    expect(keyWrapper.asked).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('knows the key store by name from an earlier run without asking it', async () => {
    const keyWrapper = createTestKeyWrapper();
    const folder = tempPath();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'x' });
    const askedBefore = keyWrapper.asked;
    expect(await startStorage(folder, keyWrapper).status()).toEqual({ protection: 'key-store', keyStore: 'Test Keys' });
    expect(keyWrapper.asked).toBe(askedBefore);
  });

  it('is asked once for many documents wanted at once', async () => {
    const keyWrapper = createTestKeyWrapper();
    const folder = tempPath();
    const specs = Array.from({ length: 10 }, (_, n) => noteSpec(`note-${n}.sealed`));
    const first = startStorage(folder, keyWrapper);
    await Promise.all(specs.map((each) => first.document(each).write({ text: each.name })));
    expect(keyWrapper.asked).toBe(2);
    const second = startStorage(folder, keyWrapper);
    const values = await Promise.all(specs.map((each) => second.document(each).read()));
    expect(values.map((value) => value?.text)).toEqual(specs.map(({ name }) => name));
    expect(keyWrapper.asked).toBe(3);
  });
});

describe('D3 the wrapped key', () => {
  it('lies in a small file of its own, and the vault key itself in none', async () => {
    const folder = tempPath();
    await startStorage(folder).document(spec).write({ text: 'x' });
    const stored = storedVaultKeySchema.parse(JSON.parse(readFileSync(join(folder, 'vault-key.json'), 'utf8')));
    expect(stored).toMatchObject({ version: 1, keyStore: 'Test Keys', createdAt: '2026-01-01T00:00:00.000Z' });
    expect(Buffer.from(stored.wrappedKey, 'base64')).toHaveLength(12 + 32 + 16);
  });

  it('is set aside if it is damaged; what it opened is set aside too, never replaced unseen', async () => {
    const keyWrapper = createTestKeyWrapper();
    const folder = tempPath();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'old' });
    writeFileSync(join(folder, 'vault-key.json'), '{"version":1,"keySt');
    const storage = startStorage(folder, keyWrapper);
    await Promise.all([storage.document(spec).write({ text: 'new' }), storage.status()]);
    expect(await storage.document(spec).read()).toEqual({ text: 'new' });
    expect(storage.notices().map(({ what, file }) => [what, file])).toEqual([
      ['secrets', 'vault-key.json.damaged-20260101-000000'],
      ['profile', 'note.sealed.damaged-20260101-000000'],
    ]);
  });

  it('is left as it is if a later version of this app wrote it', async () => {
    const folder = tempPath();
    const newer = '{"version":9,"keyStores":["a","b"]}';
    writeFileSync(join(folder, 'vault-key.json'), newer);
    const document = startStorage(folder).document(spec);
    await expect(document.read()).rejects.toMatchObject({ code: 'storage-fault' });
    await expect(document.write({ text: 'x' })).rejects.toMatchObject({ code: 'storage-fault' });
    expect(readFileSync(join(folder, 'vault-key.json'), 'utf8')).toBe(newer);
    expect(readdirSync(folder)).toEqual(['vault-key.json']);
  });

  it('is set aside where the person chooses so, with what only it could open (L1)', async () => {
    const folder = tempPath();
    const keyWrapper = createTestKeyWrapper();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'old' });
    const old = readFileSync(join(folder, 'note.sealed'));
    writeFileSync(join(folder, 'vault-key.json'), '{"version":9,"keyStores":["a","b"]}');
    const storage = startStorage(folder, keyWrapper);
    await expect(storage.document(spec).read()).rejects.toMatchObject({ code: 'storage-fault' });
    expect(storage.notices()).toMatchObject([{ kind: 'later-or-damaged', file: 'vault-key.json', isInTheWay: true }]);
    await storage.setAside('vault-key.json');
    expect(await storage.document(spec).read()).toBeUndefined();
    await storage.document(spec).write({ text: 'new' });
    const found = storage.notices().map(({ kind, file }) => [kind, readFileSync(join(folder, file))]);
    expect(found).toEqual([
      ['later-file-set-aside', Buffer.from('{"version":9,"keyStores":["a","b"]}')],
      ['damaged-file-set-aside', old],
    ]);
    expect(await startStorage(folder, keyWrapper).document(spec).read()).toEqual({ text: 'new' });
  });

  it('is not offered to be set aside where it opens all the same: everything hangs on it (L1)', async () => {
    const folder = tempPath();
    const keyWrapper = createTestKeyWrapper();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'old' });
    const path = join(folder, 'vault-key.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 3'));
    const storage = startStorage(folder, keyWrapper);
    expect(await storage.document(spec).read()).toEqual({ text: 'old' });
    expect(storage.notices()).toMatchObject([{ kind: 'later-or-damaged', file: 'vault-key.json' }]);
    await expect(storage.setAside('vault-key.json')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not open a document of a folder whose key file was taken away', async () => {
    const keyWrapper = createTestKeyWrapper();
    const folder = tempPath();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'x' });
    rmSync(join(folder, 'vault-key.json'));
    const storage = startStorage(folder, keyWrapper);
    expect(await storage.document(spec).read()).toBeUndefined();
    expect(storage.notices()).toMatchObject([{ kind: 'damaged-file-set-aside', what: 'profile' }]);
  });
});

describe('D3 without a key store', () => {
  it.each(['absent', 'locked'] as const)('keeps all in memory and nothing on disk: %s', async (state) => {
    const keyWrapper = createTestKeyWrapper();
    keyWrapper.is = state;
    const folder = tempPath();
    const storage = startStorage(folder, keyWrapper);
    let changes = 0;
    storage.onChange(() => (changes += 1));
    const document = storage.document(spec);
    await document.write({ text: 'x' });
    expect(await document.read()).toEqual({ text: 'x' });
    expect(await storage.status()).toEqual({ protection: 'this-run-only', keyStore: null, isUndecided: true });
    expect(changes).toBe(1);
    await document.remove();
    expect(await document.read()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays so for this run, and does not mix with a key store that appears', async () => {
    const keyWrapper = createTestKeyWrapper();
    keyWrapper.is = 'absent';
    const folder = tempPath();
    const storage = startStorage(folder, keyWrapper);
    await storage.document(spec).write({ text: 'x' });
    keyWrapper.is = 'open';
    await storage.document(noteSpec('other.sealed')).write({ text: 'y' });
    expect(readdirSync(folder)).toEqual([]);
    expect(await startStorage(folder, keyWrapper).document(spec).read()).toBeUndefined();
  });

  it("keeps a value of its own, not the caller's object", async () => {
    const keyWrapper = createTestKeyWrapper();
    keyWrapper.is = 'absent';
    const document = startStorage(tempPath(), keyWrapper).document(spec);
    const value = { text: 'x' };
    await document.write(value);
    value.text = 'changed';
    expect(await document.read()).toEqual({ text: 'x' });
  });
});

describe('D3 a key store that does not open the key', () => {
  it.each(['locked', 'absent'] as const)(
    'leaves everything as it is while %s, and works once it opens',
    async (state) => {
      const keyWrapper = createTestKeyWrapper();
      const folder = tempPath();
      await startStorage(folder, keyWrapper).document(spec).write({ text: 'kept' });
      const before = readFolder(folder);
      const storage = startStorage(folder, keyWrapper);
      const document = storage.document(spec);
      keyWrapper.is = state;
      await expect(document.read()).rejects.toMatchObject(locked);
      await expect(document.write({ text: 'new' })).rejects.toMatchObject(locked);
      await expect(document.remove()).rejects.toMatchObject(locked);
      await expect(storage.document(noteSpec('never-written.sealed')).read()).rejects.toMatchObject(locked);
      expect(await storage.status()).toEqual({
        protection: 'locked',
        keyStore: 'Test Keys',
        keyStoreProblem: 'locked',
      });
      expect(readFolder(folder)).toEqual(before);
      keyWrapper.is = 'open';
      expect(await document.read()).toEqual({ text: 'kept' });
      expect(await storage.status()).toEqual({ protection: 'key-store', keyStore: 'Test Keys' });
    },
  );

  it('says that it is another one, and replaces nothing', async () => {
    const folder = tempPath();
    await startStorage(folder).document(spec).write({ text: 'kept' });
    const before = readFolder(folder);
    const storage = startStorage(folder, createTestKeyWrapper('Other Keys'));
    await expect(storage.document(spec).read()).rejects.toMatchObject(changed);
    await expect(storage.document(spec).write({ text: 'x' })).rejects.toMatchObject(changed);
    expect(await storage.status()).toEqual({ protection: 'locked', keyStore: 'Test Keys', keyStoreProblem: 'changed' });
    expect(readFolder(folder)).toEqual(before);
  });

  it('does not take a key of another length for the vault key', async () => {
    const folder = tempPath();
    const keyWrapper = createTestKeyWrapper();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'kept' });
    const short = { ...keyWrapper, unwrap: () => Promise.resolve(new Uint8Array(16)) };
    await expect(startStorage(folder, short).document(spec).read()).rejects.toMatchObject(changed);
  });

  it('does not hide an error that is no answer of the key store', async () => {
    const broken = { ...createTestKeyWrapper(), wrap: () => Promise.reject(new TypeError('broken')) };
    const folder = tempPath();
    await expect(startStorage(folder, broken).document(spec).write({ text: 'x' })).rejects.toThrow('broken');
    expect(existsSync(join(folder, 'vault-key.json'))).toBe(false);
  });
});

function readFolder(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

describe('D3 a key store with a new key of its own', () => {
  async function setUp() {
    const folder = tempPath();
    const keyWrapper = createTestKeyWrapper();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'kept' });
    const file = () => readFileSync(join(folder, 'vault-key.json'), 'utf8');
    return { folder, keyWrapper, file, before: file() };
  }

  it('has the vault key wrapped again, and what is sealed opens as before', async () => {
    const { folder, keyWrapper, file, before } = await setUp();
    const wanting = { ...keyWrapper, wantsRewrap: true, is: keyWrapper.is, asked: 0 };
    expect(await startStorage(folder, wanting).document(spec).read()).toEqual({ text: 'kept' });
    expect(file()).not.toBe(before);
    expect(await startStorage(folder, keyWrapper).document(spec).read()).toEqual({ text: 'kept' });
  });

  it.each([
    ['refuses it', () => Promise.reject(new Error('no'))],
    ['gives something that does not open', () => Promise.resolve(Buffer.alloc(60))],
  ] as const)('keeps the old one where the store %s', async (_what, wrap) => {
    const { folder, keyWrapper, file, before } = await setUp();
    const wanting = { ...keyWrapper, wantsRewrap: true, wrap };
    expect(await startStorage(folder, wanting).document(spec).read()).toEqual({ text: 'kept' });
    expect(file()).toBe(before);
  });
});

describe('D3 a key store that is asked once in a run', () => {
  it('that refused says that a new start may help, when opening as when making', async () => {
    const folder = tempPath();
    const keyWrapper = createTestKeyWrapper();
    await startStorage(folder, keyWrapper).document(spec).write({ text: 'kept' });
    const refusal = new AppError('key-store-unavailable', { reason: 'key-store-needs-restart' });
    const refusing: KeyWrapper = {
      status: () => Promise.resolve({ available: false, cause: 'v10', restartHelps: true }),
      wrap: () => Promise.reject(refusal),
      unwrap: () => Promise.reject(refusal),
    };
    const locked = startStorage(folder, refusing);
    await expect(locked.document(spec).read()).rejects.toBe(refusal);
    expect(await locked.status()).toEqual({
      protection: 'locked',
      keyStore: 'Test Keys',
      keyStoreProblem: 'locked',
      restartHelps: true,
    });
    const fresh = startStorage(tempPath(), refusing);
    await fresh.document(spec).write({ text: 'in memory' });
    expect(await fresh.status()).toEqual({
      protection: 'this-run-only',
      keyStore: null,
      restartHelps: true,
      isUndecided: true,
    });
  });
});
