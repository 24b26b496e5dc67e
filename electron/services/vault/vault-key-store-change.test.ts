import { describe, expect, it } from 'vitest';
import { createTestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { noteSpec, quickly, silentLog } from '../testing/test-storage.ts';
import {
  by,
  byKeyStore,
  hint,
  passphraseNeeded as needed,
  setUpDesk as setUp,
  wrongPassphrase as wrong,
} from '../testing/vault-desk.ts';
import { openSlot, sealSlot } from './passphrase/passphrase-slot.ts';
import { peekVaultKeyFile, vaultKeyCopy, vaultKeyFile, writeVaultKeyFile } from './vault-key-file.ts';

const spec = noteSpec('note.sealed');
const first = 'correct horse';

describe('D3 a key store with a passphrase beside it', () => {
  async function withSpare() {
    const desk = setUp('open');
    const storage = desk.start();
    await storage.document(spec).write({ text: 'kept' });
    await storage.protect(by(first, { keyStore: true }));
    return desk;
  }

  it('opens by itself, as before', async () => {
    const { start } = await withSpare();
    const storage = start();
    expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
    expect(await storage.status()).toMatchObject({
      protection: 'key-store',
      keyStore: 'Test Keys',
      unlock: { hint },
    });
  });

  it.each(['locked', 'absent', 'changed'] as const)('opens by the passphrase when the store is %s', async (how) => {
    const { start, keyWrapper } = await withSpare();
    if (how !== 'changed') keyWrapper.is = how;
    const present = how === 'changed' ? createTestKeyWrapper('Other Keys') : keyWrapper;
    const storage = start(present);
    await expect(storage.document(spec).read()).rejects.toMatchObject(needed);
    const keyStoreProblem = how === 'changed' ? 'changed' : 'locked';
    expect(await storage.status()).toMatchObject({ protection: 'locked', keyStore: 'Test Keys', keyStoreProblem });
    await storage.unlock(first);
    expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
    expect(await storage.status()).toMatchObject({ protection: 'key-store', keyStoreProblem });
    present.is = 'open';
    await storage.protect({ keyStore: true, passphrase: { kind: 'keep' }, current: first });
    const next = start(present);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
    expect((await next.status()).keyStoreProblem).toBeUndefined();
  });

  it('opens by the passphrase while the store keeps silent, and what waited for the store goes on', async () => {
    const { start, keyWrapper } = await withSpare();
    const silent = { ...keyWrapper, asked: 0, is: keyWrapper.is, unwrap: () => new Promise<never>(() => undefined) };
    const storage = start(silent);
    const waiting = storage.document(spec).read();
    await storage.unlock(first);
    expect(await waiting).toEqual({ text: 'kept' });
  });

  it('can lose it again', async () => {
    const { start, list } = await withSpare();
    const storage = start();
    await expect(storage.protect(byKeyStore(null))).rejects.toMatchObject(wrong);
    await storage.protect(byKeyStore(first));
    expect(list()).not.toContain(vaultKeyCopy);
    await expect(start().unlock(first)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('D3 a key store that appears', () => {
  it('is found once the passphrase was given, and nothing is changed by that', async () => {
    const { start, keyWrapper, bytesOf } = setUp();
    await start().protect(by(first));
    const before = bytesOf(vaultKeyFile);
    keyWrapper.is = 'open';
    const storage = start();
    await storage.unlock(first);
    await expect.poll(() => storage.status()).toMatchObject({ protection: 'passphrase', keyStoreFound: true });
    expect(bytesOf(vaultKeyFile)).toEqual(before);
  });

  it('in a run that kept nothing is used if the person wants it, with what was in memory', async () => {
    const { start, keyWrapper } = setUp('locked');
    const storage = start();
    await storage.document(spec).write({ text: 'kept' });
    await expect(storage.protect(byKeyStore(null))).rejects.toMatchObject({ code: 'key-store-unavailable' });
    keyWrapper.is = 'open';
    await storage.protect(byKeyStore(null));
    expect(await start().document(spec).read()).toEqual({ text: 'kept' });
  });
});

describe('D3 the cost of guessing', () => {
  it('is raised at an unlock, where the file has that of an earlier year', async () => {
    const { start, files } = setUp();
    await start().protect(by(first));
    const wrapped = (await peekVaultKeyFile(files))!;
    const key = (await openSlot(wrapped.passphrase!, first, quickly))!;
    const weak = { memoryKiB: 8_192, passes: 1, lanes: 1 };
    await writeVaultKeyFile(
      { files, log: silentLog },
      {
        ...wrapped,
        passphrase: await sealSlot(key, { text: first, hint }, quickly, weak),
      },
    );
    await start().unlock(first);
    expect((await peekVaultKeyFile(files))?.passphrase?.kdf).toMatchObject({ memoryKiB: 65_536, passes: 3 });
    await start().unlock(first);
  });
});

describe('D3 going on without what does not open', () => {
  it.each(['by a lost passphrase', 'by an emptied key store'])('keeps its files, and begins anew: %s', async (how) => {
    const isPassphrase = how.includes('passphrase');
    const { start, keyWrapper, list, bytesOf } = setUp(isPassphrase ? 'absent' : 'open');
    const storage = start();
    await storage.document(spec).write({ text: 'old' });
    if (isPassphrase) await storage.protect(by(first));
    await expect(storage.giveUp()).rejects.toMatchObject({ code: 'not-found' });
    const old = bytesOf(vaultKeyFile);
    const next = start(isPassphrase ? keyWrapper : createTestKeyWrapper('Other Keys'));
    await expect(next.document(spec).read()).rejects.toMatchObject({ code: 'key-store-unavailable' });
    await next.giveUp();
    expect(await next.document(spec).read()).toBeUndefined();
    await next.document(spec).write({ text: 'new' });
    expect(await next.document(spec).read()).toEqual({ text: 'new' });
    const aside = list().filter((name) => name.startsWith(`${vaultKeyFile}.`));
    expect(aside.map((name) => bytesOf(name))).toEqual([old]);
    expect(next.notices().map(({ what }) => what)).toEqual(['secrets', 'profile']);
  });
});
