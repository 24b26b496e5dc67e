import { describe, expect, it } from 'vitest';
import { noteSpec, quickly, silentLog } from '../testing/test-storage.ts';
import { by, passphraseNeeded, setUpDesk } from '../testing/vault-desk.ts';
import { createSealedStorage } from './create-sealed-storage.ts';
import { lockMark } from './passphrase/lock-mark.ts';

const spec = noteSpec('note.sealed');
const passphrase = 'correct horse';

async function withSpare() {
  const desk = setUpDesk('open');
  const storage = desk.start();
  await storage.document(spec).write({ text: 'kept' });
  await storage.protect(by(passphrase, { keyStore: true }));
  return { ...desk, storage };
}

describe('X11 a locked vault', () => {
  it('refuses what comes and what still waits, and loses nothing that was acknowledged', async () => {
    const { storage, start } = await withSpare();
    const document = storage.document(spec);
    const first = document.write({ text: 'written before' });
    const locking = first.then(() => storage.lock());
    await locking;
    await expect(document.read()).rejects.toMatchObject(passphraseNeeded);
    await expect(document.write({ text: 'too late' })).rejects.toMatchObject(passphraseNeeded);
    await expect(document.remove()).rejects.toMatchObject(passphraseNeeded);
    const next = start();
    await next.unlock(passphrase);
    expect(await next.document(spec).read()).toEqual({ text: 'written before' });
    expect(next.notices()).toEqual([]);
  });

  it('writes nothing under a wiped key, whatever comes while the last write is waited for', async () => {
    const { files, keyWrapper, clock } = await withSpare();
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let noteWriting = (): void => undefined;
    const isWriting = new Promise<void>((resolve) => (noteWriting = resolve));
    const slow = {
      ...files,
      async write(name: string, content: Uint8Array) {
        if (name === spec.name) {
          noteWriting();
          await held;
        }
        await files.write(name, content);
      },
    };
    const storage = createSealedStorage({ files: slow, keyWrapper, deriveKey: quickly, clock, log: silentLog });
    const other = noteSpec('other.sealed');
    const last = storage.document(spec).write({ text: 'the last one' });
    await isWriting;
    const locking = storage.lock();
    await expect.poll(() => files.content.has(lockMark)).toBe(true);
    await Promise.resolve();
    await expect(storage.document(other).write({ text: 'too late' })).rejects.toMatchObject(passphraseNeeded);
    letGo();
    await Promise.all([last, locking]);
    expect(files.content.has(other.name)).toBe(false);
  });

  it('waits for the one write that runs, and for none of those behind it, however many they are', async () => {
    const { files, keyWrapper, clock, start } = await withSpare();
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const written: string[] = [];
    const slow = {
      ...files,
      async write(name: string, content: Uint8Array) {
        if (name === spec.name) await held;
        written.push(name);
        await files.write(name, content);
      },
    };
    const storage = createSealedStorage({ files: slow, keyWrapper, deriveKey: quickly, clock, log: silentLog });
    const document = storage.document(spec);
    await document.read();
    const last = document.write({ text: 'the last one' });
    const behind = Array.from({ length: 50 }, (_, n) => document.write({ text: `behind it ${String(n)}` }));
    const joint = storage.writeAll([{ spec, value: { text: 'with others' } }]);
    const refused = Promise.allSettled([...behind, joint]);
    const locking = storage.lock();
    await expect.poll(() => written).toContain(lockMark);
    letGo();
    await Promise.all([last, locking]);
    const reasons = (await refused).map((each) => (each.status === 'rejected' ? (each.reason as unknown) : undefined));
    expect(reasons).toMatchObject(reasons.map(() => passphraseNeeded));
    expect(written.filter((name) => name.startsWith(spec.name))).toHaveLength(1);
    const next = start();
    await next.unlock(passphrase);
    expect(await next.document(spec).read()).toEqual({ text: 'the last one' });
  });

  it('asks for the passphrase past a restart, also where the key store would open it, until that was given', async () => {
    const { storage, start, list } = await withSpare();
    await storage.lock();
    const next = start();
    await expect(next.document(spec).read()).rejects.toMatchObject(passphraseNeeded);
    expect(await next.status()).toMatchObject({ protection: 'locked', keyStore: 'Test Keys' });
    expect((await next.status()).keyStoreProblem).toBeUndefined();
    await next.unlock(passphrase);
    expect(list()).not.toContain(lockMark);
    expect(await start().document(spec).read()).toEqual({ text: 'kept' });
  });

  it('has no key in memory any more', async () => {
    const { files, keyWrapper, clock } = await withSpare();
    const keys: Uint8Array[] = [];
    const noting = {
      status: () => keyWrapper.status(),
      wrap: (key: Uint8Array) => keyWrapper.wrap(key),
      async unwrap(wrapped: Uint8Array) {
        const key = await keyWrapper.unwrap(wrapped);
        keys.push(key);
        return key;
      },
    };
    const storage = createSealedStorage({ files, keyWrapper: noting, deriveKey: quickly, clock, log: silentLog });
    await storage.document(spec).read();
    expect(keys.map((key) => key.some((byte) => byte !== 0))).toEqual([true]);
    await storage.lock();
    expect(keys.map((key) => key.some((byte) => byte !== 0))).toEqual([false]);
  });

  it('cannot be locked where nothing would unlock it', async () => {
    const { start } = setUpDesk('open');
    const storage = start();
    await storage.document(spec).write({ text: 'kept' });
    await expect(storage.lock()).rejects.toMatchObject({ code: 'not-offered' });
    expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
  });
});
