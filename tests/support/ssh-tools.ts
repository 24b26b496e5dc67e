import { execFile, type ExecFileException } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PrivateKey, readKey } from '../../ssh-keys/index.ts';
import { spawnWatched, type Spawned } from './spawned.ts';

// The real ssh-keygen, openssl, puttygen, ssh-add, ssh: what our keys are checked against.

/** Types and sizes as `ssh-keygen -t -b` takes them. RSA takes a while to make. */
export const keyKinds = [
  ['ed25519', 256],
  ['ecdsa', 256],
  ['ecdsa', 384],
  ['ecdsa', 521],
  ['rsa', 3072],
] as const;

export interface MadeKey {
  readonly path: string;
  /** As in its `.pub` file, with the comment. */
  readonly publicLine: string;
  readonly key: PrivateKey;
}

/** A new key of `ssh-keygen` in `folder`, without a passphrase, read. */
export async function makeSshKey(
  folder: string,
  type: string,
  bits: number,
  comment = `${type} ${bits} of the test`,
): Promise<MadeKey> {
  const path = join(folder, `id_${type}_${bits}`);
  await run('ssh-keygen', ['-q', '-t', type, '-b', String(bits), '-N', '', '-C', comment, '-f', path]);
  const { privateKey: key, failure } = await readKey(readFileSync(path));
  if (!key) throw failure ?? new Error('no private key');
  return { path, publicLine: readFileSync(`${path}.pub`, 'utf8').trim(), key };
}

/** The real agent, listening at `path` from now on. */
export async function startSshAgent(path: string): Promise<Spawned> {
  const agent = spawnWatched('ssh-agent', ['-D', '-a', path]);
  await agent.waitFor(/SSH_AUTH_SOCK/);
  return agent;
}

/** One of each kind. */
export async function makeSshKeys(folder: string): Promise<KeyOf> {
  const made = new Map<string, MadeKey>();
  for (const [type, bits] of keyKinds) made.set(`${type} ${bits}`, await makeSshKey(folder, type, bits));
  return (type, bits) => {
    const found = made.get(`${type} ${bits}`);
    if (!found) throw new Error(`no ${type} ${bits} was made`);
    return found;
  };
}
export type KeyOf = (type: string, bits: number) => MadeKey;

/** Writes a file that only its owner may read, as ssh wants it. */
export function writeKeyFile(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** Standard output. Errors: with what the program wrote to standard error. */
export async function run(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string | Uint8Array } = {},
): Promise<string> {
  const { code, output } = await tryToRun(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${String(code)}\n${output}`);
  return output;
}

/** The exit code, and standard output or, where that is empty, standard error. */
export function tryToRun(
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string | Uint8Array } = {},
): Promise<{ code: ExecFileException['code']; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: { ...process.env, ...options.env }, timeout: 500_000 },
      (error, stdout, stderr) => {
        resolve({
          code: error ? (error.code ?? 'killed') : 0,
          output: stdout || stderr || String(error?.message ?? ''),
        });
      },
    );
    // The program may end before it has read everything.
    child.stdin?.on('error', () => undefined).end(options.input);
  });
}
