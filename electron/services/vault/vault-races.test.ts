import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { FileStore, KeyWrapper } from '../ports.ts';
import { noteSpec, quickly, silentLog, startStorage } from '../testing/test-storage.ts';
import { by, passphraseNeeded, setUpDesk } from '../testing/vault-desk.ts';
import { createSealedStorage } from './create-sealed-storage.ts';
import { vaultKeyCopy, vaultKeyFile } from './vault-key-file.ts';

const spec = noteSpec('note.sealed');
const [first, second] = ['correct horse', 'battery staple'];

/** Something that is held until `letGo`. */
function createGate() {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let noteReached = (): void => undefined;
  const reached = new Promise<void>((resolve) => (noteReached = resolve));
  const pass = (): Promise<void> => {
    noteReached();
    return held;
  };
  return { pass, reached, letGo };
}

async function withSpare() {
  const desk = setUpDesk('open');
  const storage = desk.start();
  await storage.document(spec).write({ text: 'kept' });
  await storage.protect(by(first, { keyStore: true }));
  const { files, clock, keyWrapper } = desk;
  /** With a part of its surroundings exchanged. */
  const startWith = (changes: Partial<Parameters<typeof createSealedStorage>[0]>) =>
    createSealedStorage({ files, keyWrapper, deriveKey: quickly, clock, log: silentLog, ...changes });
  return { ...desk, startWith };
}

/** A key store that answers once it is let, and what it gave out. */
function hesitating(keyWrapper: KeyWrapper) {
  const gate = createGate();
  const keys: Uint8Array[] = [];
  const wrapper: KeyWrapper = {
    status: () => keyWrapper.status(),
    wrap: (key) => keyWrapper.wrap(key),
    async unwrap(wrapped) {
      await gate.pass();
      const key = await keyWrapper.unwrap(wrapped);
      keys.push(key);
      return key;
    },
  };
  return { gate, keys, wrapper };
}

const keyStoreLocked = () => new AppError('key-store-unavailable', { reason: 'key-store-locked' });
const isWiped = (key: Uint8Array): boolean => key.every((byte) => byte === 0);

describe('X11 a lock in the middle of a change', () => {
  it('waits for the new passphrase, and wraps no key that is overwritten by then', async () => {
    const { startWith, start } = await withSpare();
    const gate = createGate();
    const storage = startWith({
      async deriveKey(passphrase, kdf) {
        if (passphrase === second) await gate.pass();
        return quickly(passphrase, kdf);
      },
    });
    await storage.document(spec).read();
    const changing = storage.protect(by(second, { current: first }));
    await gate.reached;
    const locking = storage.lock();
    // Refused behind the lock, and no vault of its own in the place of this one.
    const late = storage.protect(by('a third one', { current: first }));
    late.catch(() => undefined);
    await new Promise(setImmediate);
    gate.letGo();
    await Promise.all([changing, locking]);
    await expect(late).rejects.toMatchObject({ code: 'key-store-unavailable' });
    const next = start();
    await next.unlock(second);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
  });

  it('waits ten seconds for a key store that asks somebody who has gone; then nothing has changed', async () => {
    const { startWith, start, keyWrapper, clock, bytesOf } = await withSpare();
    const gate = createGate();
    const asked: Uint8Array[] = [];
    const wrap = async (key: Uint8Array): Promise<Uint8Array> => {
      asked.push(key);
      await gate.pass();
      return keyWrapper.wrap(key);
    };
    const storage = startWith({ keyWrapper: { ...keyWrapper, wrap } });
    await storage.document(spec).read();
    const before = bytesOf(vaultKeyFile);
    const changing = storage.protect(by(second, { keyStore: true, current: first }));
    await gate.reached;
    const tired = clock.nextSleep(10_000);
    const locking = storage.lock();
    await tired;
    await clock.advance(10_000);
    await locking;
    await expect(changing).rejects.toMatchObject(passphraseNeeded);
    expect(asked.map(isWiped)).toEqual([true]);
    gate.letGo();
    await new Promise(setImmediate);
    expect(bytesOf(vaultKeyFile)).toEqual(before);
    const next = start();
    await next.unlock(first);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
  });

  it('lets nobody go where nothing would unlock it', async () => {
    const { keyWrapper, clock, files } = setUpDesk('open');
    const gate = createGate();
    const deriveKey: typeof quickly = (passphrase, kdf) => gate.pass().then(() => quickly(passphrase, kdf));
    const storage = createSealedStorage({ files, keyWrapper, deriveKey, clock, log: silentLog });
    await storage.document(spec).write({ text: 'kept' });
    const changing = storage.protect(by(first, { keyStore: true }));
    await gate.reached;
    const tired = clock.nextSleep(10_000);
    const locking = storage.lock();
    await tired;
    await clock.advance(10_000);
    gate.letGo();
    await Promise.all([changing, locking]);
    await startStorage(files, keyWrapper, clock).unlock(first);
  });

  it('waits until what was in memory alone is on the disk', async () => {
    const { files, keyWrapper, clock, start } = setUpDesk();
    const gate = createGate();
    const specs = ['a.sealed', 'b.sealed', 'c.sealed'].map((name) => noteSpec(name));
    const slow: FileStore = {
      ...files,
      async write(name, content) {
        if (name === 'a.sealed') await gate.pass();
        await files.write(name, content);
      },
    };
    const storage = startStorage(slow, keyWrapper, clock);
    for (const each of specs) await storage.document(each).write({ text: each.name });
    const protecting = storage.protect(by(first));
    await gate.reached;
    const locking = storage.lock();
    await new Promise(setImmediate);
    gate.letGo();
    await Promise.all([protecting, locking]);
    const next = start();
    await next.unlock(first);
    const found = await Promise.all(specs.map((each) => next.document(each).read()));
    expect(found.map((note) => note?.text)).toEqual(specs.map(({ name }) => name));
  });
});

describe('D3 a key store that answers late', () => {
  it('leaves no key in memory when the passphrase was given meanwhile', async () => {
    const { startWith, keyWrapper } = await withSpare();
    const { gate, keys, wrapper } = hesitating(keyWrapper);
    const storage = startWith({ keyWrapper: wrapper });
    const reading = storage.document(spec).read();
    await gate.reached;
    await storage.unlock(first);
    gate.letGo();
    await reading;
    await expect.poll(() => keys.map(isWiped)).toEqual([true]);
    expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
  });

  it('leaves one key in memory when it answers while a passphrase is tried, and none after a lock', async () => {
    const { startWith, keyWrapper } = await withSpare();
    const { gate, keys, wrapper } = hesitating(keyWrapper);
    const deriving = createGate();
    const storage = startWith({
      keyWrapper: wrapper,
      async deriveKey(passphrase, kdf) {
        await deriving.pass();
        return quickly(passphrase, kdf);
      },
    });
    const reading = storage.document(spec).read();
    await gate.reached;
    const unlocking = storage.unlock(first);
    await deriving.reached;
    gate.letGo();
    await reading;
    deriving.letGo();
    await unlocking;
    expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
    expect(keys.map(isWiped)).toEqual([false]);
    await storage.lock();
    expect(keys.map(isWiped)).toEqual([true]);
  });

  it('opens nothing once the person went on without what is saved', async () => {
    const { startWith, keyWrapper, start } = await withSpare();
    const { gate, keys, wrapper } = hesitating(keyWrapper);
    let isSilent = false;
    const storage = startWith({
      keyWrapper: {
        ...wrapper,
        unwrap: (wrapped) => (isSilent ? wrapper.unwrap(wrapped) : Promise.reject(keyStoreLocked())),
      },
    });
    await expect(storage.document(spec).read()).rejects.toMatchObject({ code: 'key-store-unavailable' });
    isSilent = true;
    const reading = storage.document(spec).read();
    await gate.reached;
    await storage.giveUp();
    gate.letGo();
    expect(await reading).toBeUndefined();
    expect(keys.map(isWiped)).toEqual([true]);
    await storage.document(spec).write({ text: 'new' });
    expect(await start().document(spec).read()).toEqual({ text: 'new' });
  });
});

describe('D5 a full disk while the passphrase is changed', () => {
  it.each(['the copy', 'what is read back'])(
    'leaves one passphrase in force, the one that was told: %s',
    async (what) => {
      const { files, keyWrapper, start, bytesOf } = setUpDesk();
      const storage = start();
      await storage.document(spec).write({ text: 'kept' });
      await storage.protect(by(first));
      const before = bytesOf(vaultKeyFile);
      let isUnreadable = what !== 'the copy';
      const full: FileStore = {
        ...files,
        write: (name, content) =>
          name === vaultKeyCopy && what === 'the copy' ? Promise.reject(new Error('full')) : files.write(name, content),
        read(name) {
          if (name !== vaultKeyFile || !isUnreadable || bytesOf(name).equals(before)) return files.read(name);
          isUnreadable = false;
          return Promise.reject(new Error('not readable'));
        },
      };
      const failing = startStorage(full, keyWrapper);
      await failing.unlock(first);
      const isChanged = await failing.protect(by(second, { current: first })).then(
        () => true,
        () => false,
      );
      // The copy alone is no longer opened by another one.
      if (files.content.has(vaultKeyCopy)) expect(bytesOf(vaultKeyCopy)).toEqual(bytesOf(vaultKeyFile));
      await start().unlock(isChanged ? second : first);
      expect(bytesOf(vaultKeyCopy)).toEqual(bytesOf(vaultKeyFile));
    },
  );
});
