import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { PrivateKey } from '../../ssh-keys/index.ts';
import { makeSshKey, run, writeKeyFile } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

export const nothingShown = { type: null, bits: null, sha256: null, md5: null, comment: null };

export function armor(content: Uint8Array): Buffer {
  return Buffer.from(
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.from(content).toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`,
  );
}

/** A folder, and two keys to make hostile files of. Registers the hooks of the test file that calls it. */
export function useHostileFiles() {
  const folder = makeTempFolder();
  let ours: PrivateKey;
  let theirs: PrivateKey;
  beforeAll(async () => {
    ours = (await makeSshKey(folder.path, 'ed25519', 256)).key;
    mkdirSync(join(folder.path, 'theirs'));
    theirs = (await makeSshKey(join(folder.path, 'theirs'), 'ed25519', 256)).key;
  });
  afterAll(() => folder[Symbol.dispose]());

  return {
    folder,
    get ours() {
      return ours;
    },
    get theirs() {
      return theirs;
    },
    /** What puttygen makes of a key file. */
    async putty(content: string | Uint8Array, args: readonly string[], phrase = ''): Promise<string> {
      const [from, to] = [writeKeyFile(folder.path, 'for-putty', content), join(folder.path, 'from-putty')];
      await run('puttygen', [from, ...args, '--new-passphrase', writeKeyFile(folder.path, 'phrase', phrase), '-o', to]);
      return readFileSync(to, 'utf8');
    },
  };
}
