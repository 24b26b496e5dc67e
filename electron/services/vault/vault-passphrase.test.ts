import { describe, expect, it } from 'vitest';
import { noteSpec, startStorage } from '../testing/test-storage.ts';
import {
  by,
  byKeyStore,
  hint,
  passphraseNeeded as needed,
  setUpDesk as setUp,
  wrongPassphrase as wrong,
} from '../testing/vault-desk.ts';
import { vaultKeyCopy, vaultKeyFile } from './vault-key-file.ts';

const spec = noteSpec('note.sealed');
const [first, second] = ['correct horse', 'battery staple'];

describe('D3 a passphrase where there is no key store', () => {
  it('keeps what was in memory alone, and opens it after a restart', async () => {
    const { start, list } = setUp();
    const storage = start();
    await storage.document(spec).write({ text: 'kept' });
    expect(await storage.status()).toMatchObject({ protection: 'this-run-only', isUndecided: true });
    await storage.protect(by(first));
    expect(await storage.status()).toEqual({
      ...{ protection: 'passphrase', keyStore: null, unlock: { hint, waitUntil: null } },
    });
    expect(list()).toEqual(['ledger.sealed', 'note.sealed', vaultKeyCopy, vaultKeyFile]);
    const next = start();
    expect(await next.status()).toMatchObject({ protection: 'locked', unlock: { hint } });
    await expect(next.document(spec).read()).rejects.toMatchObject(needed);
    await expect(next.document(spec).write({ text: 'new' })).rejects.toMatchObject(needed);
    await expect(next.unlock(second)).rejects.toMatchObject(wrong);
    await next.unlock(first);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
    expect(next.notices()).toEqual([]);
  });

  it('is the same however the system writes its letters', async () => {
    const { start } = setUp();
    await start().protect(by('zürich café'.normalize('NFD')));
    await start().unlock('zürich café'.normalize('NFC'));
    await expect(start().unlock('zürich café ')).rejects.toMatchObject(wrong);
  });

  it('is chosen before anything is kept, too', async () => {
    const { start } = setUp();
    const storage = start();
    await storage.protect(by(first));
    await storage.document(spec).write({ text: 'kept' });
    const next = start();
    await next.unlock(first);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
  });

  it('loses nothing that is written while it is chosen', async () => {
    const { start } = setUp();
    const storage = start();
    const specs = Array.from({ length: 20 }, (_, n) => noteSpec(`note-${String(n)}.sealed`));
    for (const each of specs) await storage.document(each).write({ text: 'before' });
    await Promise.all([
      storage.protect(by(first)),
      ...specs.slice(0, 10).map((each) => storage.document(each).write({ text: 'after' })),
    ]);
    const next = start();
    await next.unlock(first);
    const found = await Promise.all(specs.map((each) => next.document(each).read()));
    expect(found.map((note) => note?.text)).toEqual(specs.map((_, n) => (n < 10 ? 'after' : 'before')));
  });

  it.each([
    [by(''), { passphrase: { code: 'required' } }],
    [by('x'.repeat(10_000)), { passphrase: { code: 'too-long', limit: 1_000 } }],
    [by('with a\nline break'), { passphrase: { code: 'control-characters' } }],
    [by(first, { passphrase: { kind: 'new', text: first, hint: `it is ${first}` } }), { hint: { code: 'hint-tells' } }],
  ])('is refused with the reason, and nothing changes: %#', async (wish, fields) => {
    const { start, list } = setUp();
    const storage = start();
    await storage.document(spec).write({ text: 'in memory' });
    await expect(storage.protect(wish)).rejects.toMatchObject({ code: 'invalid-request', details: { fields } });
    expect(list()).toEqual([]);
    expect(await storage.document(spec).read()).toEqual({ text: 'in memory' });
  });

  it('is not asked about again once the person chose that nothing is kept', async () => {
    const { start } = setUp();
    const storage = start();
    await storage.document(spec).write({ text: 'x' });
    storage.keepNothing();
    expect(await storage.status()).toEqual({ protection: 'this-run-only', keyStore: null });
  });
});

describe('D3 wrong passphrases', () => {
  it('have to wait after the third, in the next run too, and one right ends it', async () => {
    const { start, clock } = setUp();
    await start().protect(by(first));
    const storage = start();
    for (const retryAfter of [undefined, undefined, 5]) {
      const details = { reason: 'wrong-passphrase', ...(retryAfter && { retryAfter }) };
      await expect(storage.unlock(second)).rejects.toMatchObject({ code: 'unauthenticated', details });
    }
    const locked = { code: 'rate-limited', details: { reason: 'locked-out', retryAfter: 5 } };
    for (const each of [storage, start()]) {
      await expect(each.unlock(first)).rejects.toMatchObject(locked);
      expect(await each.status()).toMatchObject({ unlock: { waitUntil: '2026-01-01T00:00:05.000Z' } });
    }
    await clock.advance(5_000);
    const next = start();
    await next.unlock(first);
    expect(await next.status()).toMatchObject({ protection: 'passphrase', unlock: { waitUntil: null } });
  });

  it('are counted one by one, however many are tried at once', async () => {
    const { start } = setUp();
    await start().protect(by(first));
    const storage = start();
    const tries = Array.from({ length: 10 }, (_, n) => storage.unlock(`wrong number ${String(n)}`));
    const codes = (await Promise.allSettled(tries)).map(
      (each) => (each as PromiseRejectedResult).reason.code as string,
    );
    expect(codes).toEqual([...Array<string>(3).fill('unauthenticated'), ...Array<string>(7).fill('rate-limited')]);
  });
});

describe('D3 a change of what opens it', () => {
  it('asks for the passphrase so far; then the new one opens, the old one not', async () => {
    const { start, bytesOf } = setUp();
    const storage = start();
    await storage.document(spec).write({ text: 'kept' });
    await storage.protect(by(first));
    const before = [bytesOf(vaultKeyFile), bytesOf(spec.name)];
    await expect(storage.protect(by(second, { current: 'not this one' }))).rejects.toMatchObject(wrong);
    await expect(storage.protect(by(second))).rejects.toMatchObject(wrong);
    expect(bytesOf(vaultKeyFile)).toEqual(before[0]);
    await storage.protect(by(second, { current: first }));
    await expect(start().unlock(first)).rejects.toMatchObject(wrong);
    const next = start();
    await next.unlock(second);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
    // The same key: nothing is sealed anew.
    expect(bytesOf(spec.name)).toEqual(before[1]);
    expect(bytesOf(vaultKeyCopy)).toEqual(bytesOf(vaultKeyFile));
  });

  it('leads from the key store to a passphrase and back, and seals nothing anew', async () => {
    const { start, bytesOf, list, keyWrapper } = setUp('open');
    const storage = start();
    await storage.document(spec).write({ text: 'kept' });
    const sealed = bytesOf(spec.name);
    await storage.protect(by(first));
    expect(await storage.status()).toMatchObject({ protection: 'passphrase', keyStore: null });
    keyWrapper.is = 'absent';
    const next = start();
    await next.unlock(first);
    expect(await next.document(spec).read()).toEqual({ text: 'kept' });
    await expect(next.protect(byKeyStore(first))).rejects.toMatchObject({ code: 'key-store-unavailable' });
    keyWrapper.is = 'open';
    await next.protect(byKeyStore(first));
    expect(await next.status()).toEqual({ protection: 'key-store', keyStore: 'Test Keys' });
    expect(list()).toEqual(['ledger.sealed', 'note.sealed', vaultKeyFile]);
    expect(JSON.parse(bytesOf(vaultKeyFile).toString())).toMatchObject({ version: 1, keyStore: 'Test Keys' });
    expect(await start().document(spec).read()).toEqual({ text: 'kept' });
    expect(bytesOf(spec.name)).toEqual(sealed);
  });

  it('never leaves it with nothing that opens it', async () => {
    const { start } = setUp();
    const storage = start();
    await storage.protect(by(first));
    const wish = { keyStore: false, passphrase: { kind: 'none' }, current: first } as const;
    await expect(storage.protect(wish)).rejects.toMatchObject({ code: 'invalid-request' });
    await start().unlock(first);
  });

  it('that cannot be written leaves the former one in force', async () => {
    const { files, keyWrapper, start } = setUp();
    await start().protect(by(first));
    const failing = {
      ...files,
      write: (name: string, content: Uint8Array) =>
        name === vaultKeyFile ? Promise.reject(new Error('full')) : files.write(name, content),
    };
    const storage = startStorage(failing, keyWrapper);
    await storage.unlock(first);
    await expect(storage.protect(by(second, { current: first }))).rejects.toThrow('full');
    await start().unlock(first);
  });

  it('that does not read back is taken back', async () => {
    const { files, keyWrapper, start } = setUp();
    await start().protect(by(first));
    let bad: Uint8Array | undefined;
    const forgetful = {
      ...files,
      async write(name: string, content: Uint8Array) {
        if (name === vaultKeyFile && !bad) bad = Uint8Array.from(content).fill(0, 10, 20);
        await files.write(name, name === vaultKeyFile && bad?.length === content.length ? bad : content);
      },
    };
    const storage = startStorage(forgetful, keyWrapper);
    await storage.unlock(first);
    await expect(storage.protect(by(`${second} and more`, { current: first }))).rejects.toMatchObject({
      code: 'storage-fault',
    });
    await start().unlock(first);
  });
});
