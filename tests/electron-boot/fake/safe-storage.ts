import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app.ts';
import { note } from './journal.ts';

// The key store as Electron has it: refused before it is ready, asked once and for ever, and on Windows a key in a file
// of Chromium's that is written late and made anew where it is missing.

type Prefix = 'v10' | 'v11' | 'v12';

/** What the keyring of the desktop would answer now; only the first question counts. */
export const keyring = {
  now: (process.env['FAKE_KEY_STORE'] ?? 'v11') as Prefix,
  isStale: process.env['FAKE_STALE_KEY'] === '1',
};
/** Milliseconds until Chromium writes its file; a clean end comes before that. */
const writeDelay = Number(process.env['FAKE_LOCAL_STATE_DELAY'] ?? 10_000);

let first: Prefix | undefined;
/** The password that everybody knows, or the one of the keyring. */
const secretOf = (prefix: Prefix): Buffer => Buffer.alloc(32, prefix === 'v10' ? 1 : 2);

/** What Windows wraps; a stand-in for DPAPI turns its bits. */
const turned = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));
let windowsKey: Buffer | undefined;

function initWindows(): void {
  const file = join(app.getPath('sessionData'), 'Local State');
  const state = readState(file);
  const stored = state.os_crypt?.encrypted_key;
  windowsKey = stored === undefined ? randomBytes(32) : turned(Buffer.from(stored, 'base64'));
  if (stored !== undefined) return;
  const write = (): void => {
    mkdirSync(app.getPath('sessionData'), { recursive: true });
    const os_crypt = { encrypted_key: turned(windowsKey ?? Buffer.alloc(0)).toString('base64') };
    writeFileSync(file, JSON.stringify({ ...state, os_crypt }));
    note('Local State written');
  };
  const timer = setTimeout(write, writeDelay);
  app.beforeExit = () => {
    clearTimeout(timer);
    write();
  };
}

function readState(file: string): { readonly os_crypt?: { readonly encrypted_key?: string } } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { os_crypt?: { encrypted_key?: string } };
  } catch {
    return {};
  }
}

if (process.platform === 'win32') app.once('ready', initWindows);

/** Asked once in the life of the process. Errors: before Electron is ready. */
function encryptor(): { readonly prefix: Prefix; readonly key: Buffer } {
  if (!app.isUp) throw new Error('safeStorage cannot be used before app is ready');
  if (windowsKey) return { prefix: 'v10', key: windowsKey };
  first ??= keyring.now;
  return { prefix: first, key: secretOf(first) };
}

export const safeStorage: Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
> = {
  async isAsyncEncryptionAvailable() {
    note('safeStorage.isAsyncEncryptionAvailable');
    encryptor();
    return true;
  },
  async encryptStringAsync(text) {
    const { prefix, key } = encryptor();
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([Buffer.from(prefix), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  },
  async decryptStringAsync(encrypted) {
    const { key } = encryptor();
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15));
    decipher.setAuthTag(encrypted.subarray(-16));
    const result = Buffer.concat([decipher.update(encrypted.subarray(15, -16)), decipher.final()]).toString();
    return { shouldReEncrypt: keyring.isStale, result };
  },
  getSelectedStorageBackend: () => (app.isUp ? 'gnome_libsecret' : 'unknown'),
};
