import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { run, writeKeyFile } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

/**
 * A folder with `rsa` (2,048 bits) and `ed25519` of `ssh-keygen`, comment "mara". Registers the hooks of the test file
 * that calls it.
 */
export function useCraftedFiles() {
  const folder = makeTempFolder();
  const at = (name: string) => join(folder.path, name);
  beforeAll(async () => {
    await run('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-C', 'mara', '-f', at('rsa')]);
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'mara', '-f', at('ed25519')]);
  });
  afterAll(() => folder[Symbol.dispose]());

  return {
    folder,
    at,
    /** As `ssh-keygen -l` says. */
    async fingerprintOf(text: string): Promise<string | undefined> {
      return (await run('ssh-keygen', ['-l', '-f', writeKeyFile(folder.path, 'asked', text)])).split(' ')[1];
    },
    /** A copy in the form of OpenSSL. */
    async inPem(path: string): Promise<string> {
      const copy = writeKeyFile(folder.path, 'copy', readFileSync(path));
      await run('ssh-keygen', ['-q', '-p', '-m', 'PEM', '-P', '', '-N', '', '-f', copy]);
      return copy;
    },
  };
}
