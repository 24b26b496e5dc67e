import { describe, expect, it } from 'vitest';
import { createSafeStorageKeyWrapper } from './safe-storage-key-wrapper.ts';

interface Behaviour {
  /** What Chromium writes in front. */
  readonly prefix?: string;
  readonly backend?: 'basic_text' | 'gnome_libsecret' | 'kwallet6';
  readonly isAvailable?: boolean;
  readonly secret?: number;
  readonly fails?: boolean;
  readonly shouldReEncrypt?: boolean;
}

/** Electron's safeStorage with the bits turned by `secret`, a stand-in for the key that the store holds. */
function storeWith({
  prefix = 'v11',
  backend = 'gnome_libsecret',
  isAvailable = true,
  secret = 0xff,
  fails = false,
  shouldReEncrypt = false,
}: Behaviour = {}) {
  const calls: string[] = [];
  const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ secret));
  const store = {
    isAsyncEncryptionAvailable: () => {
      calls.push('available');
      return Promise.resolve(isAvailable);
    },
    encryptStringAsync: (text: string) => {
      calls.push('encrypt');
      return fails
        ? Promise.reject(new Error('the person said no'))
        : Promise.resolve(Buffer.concat([Buffer.from(prefix), turn(Buffer.from(text))]));
    },
    decryptStringAsync: (encrypted: Buffer) => {
      const text = turn(encrypted.subarray(prefix.length)).toString('latin1');
      if (!/^[A-Za-z0-9+/]+=*$/.test(text)) return Promise.reject(new Error('does not decrypt'));
      return Promise.resolve({ shouldReEncrypt, result: text });
    },
    getSelectedStorageBackend: () => backend,
  };
  return { calls, store };
}

const on = (platform: NodeJS.Platform, behaviour?: Behaviour) =>
  createSafeStorageKeyWrapper(storeWith(behaviour).store, platform);
const key = Uint8Array.from({ length: 32 }, (_, index) => index * 7);

describe('D3 key store in Electron', () => {
  it('is not touched before something asks', () => {
    const { calls, store } = storeWith();
    createSafeStorageKeyWrapper(store, 'linux');
    expect(calls).toEqual([]);
  });

  it.each([
    ['linux', { prefix: 'v11' }, 'Secret Service'],
    ['linux', { prefix: 'v11', backend: 'kwallet6' }, 'KWallet'],
    ['linux', { prefix: 'v12' }, 'Desktop portal'],
    ['darwin', { prefix: 'v10' }, 'Keychain'],
    ['win32', { prefix: 'v10' }, 'Windows Data Protection'],
  ] as const)('on %s with %j is there and called %s', async (platform, behaviour, name) => {
    expect(await on(platform, behaviour).status()).toEqual({ available: true, name });
  });

  it.each([{ prefix: 'v10', backend: 'basic_text' }, { prefix: 'v10' }, { prefix: 'v99' }, { prefix: '' }] as const)(
    'on Linux is not there if Chromium only has a password from its source: %j',
    async (behaviour) => {
      const wrapper = on('linux', behaviour);
      expect(await wrapper.status()).toMatchObject({ available: false });
      await expect(wrapper.wrap(key)).rejects.toMatchObject({ code: 'key-store-unavailable' });
    },
  );

  it.each([{ isAvailable: false }, { fails: true }])('is not there, without an error, when %j', async (behaviour) => {
    expect(await on('linux', behaviour).status()).toMatchObject({ available: false });
    expect(await on('darwin', behaviour).status()).toMatchObject({ available: false });
  });

  it('gives the key back, and does not hold it in the clear', async () => {
    const wrapper = on('linux');
    const wrapped = await wrapper.wrap(key);
    expect(Buffer.from(wrapped).includes(Buffer.from(key).toString('base64'))).toBe(false);
    expect(Uint8Array.from(await wrapper.unwrap(wrapped))).toEqual(key);
  });

  it('tells a locked store from one that never wrapped the key', async () => {
    const wrapped = await on('linux').wrap(key);
    // Electron keeps the first answer of the store, so trying again in the same run is no help.
    for (const behaviour of [{ isAvailable: false }, { prefix: 'v10' }, { fails: true }])
      await expect(on('linux', behaviour).unwrap(wrapped)).rejects.toMatchObject({
        details: { reason: 'key-store-needs-restart' },
      });
    await expect(on('linux', { secret: 0x55 }).unwrap(wrapped)).rejects.toMatchObject({
      details: { reason: 'key-store-changed' },
    });
  });

  it('refuses a key that somebody put there under the password everybody knows', async () => {
    const planted = Buffer.concat([
      Buffer.from('v10'),
      Buffer.from(Buffer.from(key).toString('base64')).map((byte) => byte ^ 0xff),
    ]);
    await expect(on('linux').unwrap(planted)).rejects.toMatchObject({ details: { reason: 'key-store-changed' } });
  });

  it('tells a desktop without a key store from one whose key store may be locked', async () => {
    const statusOf = (backend: 'basic_text' | 'gnome_libsecret') => on('linux', { prefix: 'v10', backend }).status();
    expect(await statusOf('gnome_libsecret')).toMatchObject({ available: false, restartHelps: true });
    expect(await statusOf('basic_text')).toMatchObject({ available: false, restartHelps: false });
  });

  it('passes on that the store wants its key wrapped anew', async () => {
    for (const shouldReEncrypt of [false, true]) {
      const wrapper = on('linux', { shouldReEncrypt });
      await wrapper.unwrap(await wrapper.wrap(key));
      expect(wrapper.wantsRewrap).toBe(shouldReEncrypt);
    }
  });

  it('says key-store-unavailable when wrapping fails', async () => {
    await expect(on('darwin', { fails: true }).wrap(key)).rejects.toMatchObject({ code: 'key-store-unavailable' });
  });
});
