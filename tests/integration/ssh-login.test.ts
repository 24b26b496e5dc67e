import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSshAgent,
  exportOpenSsh,
  exportPkcs8,
  madeKinds,
  makeKey,
  toPublicLine,
  type MadeKind,
  type PrivateKey,
} from '../../ssh-keys/index.ts';
import { freePort } from '../support/free-port.ts';
import { spawnWatched, type Spawned } from '../support/spawned.ts';
import { keyKinds, makeSshKeys, run, startSshAgent, tryToRun, writeKeyFile, type KeyOf } from '../support/ssh-tools.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

// The last word on an exported key has a real sshd: who logs in with it is in.

const sshd = '/usr/sbin/sshd';
const isRoot = process.getuid?.() === 0;
/** As root, sshd wants its empty folder for the part of it that has no rights. */
const canRun = existsSync(sshd) && (!isRoot || hasPrivilegeFolder());

function hasPrivilegeFolder(): boolean {
  try {
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!canRun)('K5: an exported key logs in to a real sshd', () => {
  const folder = makeTempFolder();
  const user = userInfo().username;
  let keyOf: KeyOf;
  let made: ReadonlyMap<MadeKind, PrivateKey>;
  let server: Spawned;
  let port = 0;

  beforeAll(async () => {
    keyOf = await makeSshKeys(folder.path);
    port = await freePort();
    const lines = keyKinds.map(([type, bits]) => toPublicLine(keyOf(type, bits).key.publicKey, 'me'));
    made = new Map(await Promise.all(madeKinds.map(async (kind) => [kind, await makeKey(kind, 'made')] as const)));
    for (const { publicKey } of made.values()) lines.push(toPublicLine(publicKey, 'made'));
    const authorized = writeKeyFile(folder.path, 'authorized', `${lines.join('\n')}\n`);
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder.path, 'host')]);
    const config = writeKeyFile(
      folder.path,
      'sshd_config',
      [
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${join(folder.path, 'host')}`,
        `AuthorizedKeysFile ${authorized}`,
        'PidFile none',
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'PermitRootLogin prohibit-password',
        'PrintMotd no',
      ].join('\n'),
    );
    server = spawnWatched(sshd, ['-D', '-e', '-f', config]);
    await server.waitFor(/Server listening/);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  /** What the far side echoes, or why it let nobody in. */
  async function logIn(args: readonly string[], env: NodeJS.ProcessEnv = { SSH_AUTH_SOCK: '' }): Promise<string> {
    const word = `in-${randomBytes(4).toString('hex')}`;
    const options = [
      'IdentitiesOnly=yes',
      'BatchMode=yes',
      'StrictHostKeyChecking=no',
      `UserKnownHostsFile=${join(folder.path, 'known')}`,
      'LogLevel=ERROR',
    ];
    const { output } = await tryToRun(
      'ssh',
      [
        '-F',
        'none',
        ...options.flatMap((option) => ['-o', option]),
        ...args,
        '-p',
        String(port),
        `${user}@127.0.0.1`,
        `echo ${word}`,
      ],
      { env },
    );
    return output.trim() === word ? 'in' : output;
  }

  it.each(keyKinds)('K5: %s %i as an OpenSSH file, and through the agent', async (type, bits) => {
    const { key } = keyOf(type, bits);
    const file = writeKeyFile(folder.path, `${type}-${bits}-exported`, exportOpenSsh(key));
    expect(await logIn(['-i', file])).toBe('in');

    const path = join(folder.path, `agent-${type}-${bits}`);
    await using running = new AsyncDisposableStack();
    running.use(await startSshAgent(path));
    const agent = createSshAgent({ path });
    const publicFile = writeKeyFile(folder.path, `${type}-${bits}-lent.pub`, `${toPublicLine(key.publicKey, '')}\n`);
    const throughAgent = () => logIn(['-i', publicFile], { SSH_AUTH_SOCK: path });
    expect(await throughAgent()).toContain('Permission denied');
    await agent.add(key, { lifetime: 60, confirm: false });
    expect(await throughAgent()).toBe('in');
    await agent.remove(key.publicKey.blob);
    expect(await throughAgent()).toContain('Permission denied');
  });

  it.each(keyKinds.filter(([type]) => type !== 'ed25519'))('K5: %s %i as a PKCS#8 file', async (type, bits) => {
    const file = writeKeyFile(folder.path, `${type}-${bits}-pkcs8`, exportPkcs8(keyOf(type, bits).key));
    expect(await logIn(['-i', file])).toBe('in');
  });

  it.each(madeKinds)('K10: a made %s key', async (kind) => {
    const file = writeKeyFile(folder.path, `made-${kind}`, exportOpenSsh(made.get(kind)!));
    expect(await logIn(['-i', file])).toBe('in');
  });

  it('K5: a key that it does not know stays outside', async () => {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder.path, 'stranger')]);
    expect(await logIn(['-i', join(folder.path, 'stranger')])).toContain('Permission denied');
  });
});
