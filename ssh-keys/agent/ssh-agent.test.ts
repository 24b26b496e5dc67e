import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifySshsig } from '../../server/features/identity-keys/sshsig.ts';
import type { Spawned } from '../../tests/support/spawned.ts';
import {
  keyKinds,
  type KeyOf,
  makeSshKeys,
  run,
  startSshAgent,
  tryToRun,
  writeKeyFile,
} from '../../tests/support/ssh-tools.ts';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';
import { SshReader, SshWriter } from '../encoding/ssh-wire.ts';
import type { PrivateKey } from '../key.ts';
import { armorSshsig, sshsigData } from '../sshsig.ts';
import { makeEd25519Key } from '../testing/make-public-key.ts';
import { createSshAgent, findAgentPath, type SshAgent } from './ssh-agent.ts';

const folder = makeTempFolder();
const path = join(folder.path, 'agent');
const forever = { lifetime: null, confirm: false };
let keyOf: KeyOf;
let realAgent: Spawned;
let agent: SshAgent;

beforeAll(async () => {
  keyOf = await makeSshKeys(folder.path);
  realAgent = await startSshAgent(path);
  agent = createSshAgent({ path });
});
afterAll(async () => {
  await realAgent[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

beforeEach(() => run('ssh-add', ['-D'], { env: { SSH_AUTH_SOCK: path } }));

/** What the real ssh-add sees: `type base64 comment` for each key. */
async function addedKeys(): Promise<string> {
  return (await tryToRun('ssh-add', ['-L'], { env: { SSH_AUTH_SOCK: path } })).output.trim();
}

describe.each(keyKinds)('K5: %s %i in a real ssh-agent', (type, bits) => {
  it('K5: it is added, seen by ssh-add, signs, and is removed', async () => {
    const { key, publicLine } = keyOf(type, bits);
    await agent.add(key, forever);
    expect(await addedKeys()).toBe(publicLine);
    expect(await agent.list()).toEqual([{ blob: Uint8Array.from(key.publicKey.blob), comment: key.comment }]);
    const message = randomBytes(32);
    const signature = await agent.sign(key.publicKey.blob, sshsigData(message, 'test'));
    const armored = armorSshsig(key.publicKey, 'test', signature);
    expect(verifySshsig({ armored, message, namespace: 'test', blob: key.publicKey.blob })).toBe('verified');
    await agent.remove(key.publicKey.blob);
    expect(await addedKeys()).toContain('no identities');
    expect(await agent.list()).toEqual([]);
  });
});

describe('K5: what a real ssh-agent makes of limits', () => {
  it('K5: a key with a lifetime is gone after it', async () => {
    const { key, publicLine } = keyOf('ed25519', 256);
    // A second, or as long as a busy machine needs to look at it in time.
    let lifetime = 0.5;
    const addAndLook = async () => {
      lifetime *= 2;
      await agent.add(key, { lifetime, confirm: false });
      return addedKeys();
    };
    await expect.poll(addAndLook).toBe(publicLine);
    await expect.poll(addedKeys).toContain('no identities');
  });

  it('K5: a key to be confirmed signs nothing while nobody can say yes', async () => {
    const { key } = keyOf('ed25519', 256);
    await agent.add(key, { lifetime: 60, confirm: true });
    await expect(agent.sign(key.publicKey.blob, randomBytes(8))).rejects.toMatchObject({
      fault: 'refused',
    });
    await agent.remove(key.publicKey.blob);
  });

  it('K5: a key whose private half is in a security key is taken as well', async () => {
    const point = new SshReader(makeEd25519Key().blob.subarray(15), 'key').string();
    const fields = new SshWriter().text('sk-ssh-ed25519@openssh.com').string(point).text('ssh:').bytes();
    const agentForm = new SshWriter().raw(fields).byte(1).string(randomBytes(64)).text('').bytes();
    const key: PrivateKey = {
      publicKey: { type: 'sk-ssh-ed25519@openssh.com', blob: fields, bits: 256 },
      comment: 'sk',
      agentForm,
    };
    await agent.add(key, forever);
    expect(await addedKeys()).toContain('sk-ssh-ed25519@openssh.com');
    await agent.remove(fields);
  });

  it('K5: removing what it does not hold is no error beside other keys', async () => {
    await agent.add(keyOf('ecdsa', 384).key, forever);
    await agent.remove(keyOf('ecdsa', 256).key.publicKey.blob);
    expect(await agent.list()).toHaveLength(1);
  });

  it('K5: of a locked one, and of one that shows no key as if it were, nothing is believed', async () => {
    const { key, publicLine } = keyOf('ecdsa', 256);
    const showsNone = { fault: 'shows-none' };
    await expect(agent.remove(key.publicKey.blob)).rejects.toMatchObject(showsNone);
    await agent.add(key, forever);
    // Types the password for ssh-add, which would ask at a terminal.
    const typist = writeKeyFile(folder.path, 'typist', '#!/bin/sh\necho password\n');
    chmodSync(typist, 0o700);
    const askpass = { SSH_AUTH_SOCK: path, SSH_ASKPASS_REQUIRE: 'force', SSH_ASKPASS: typist, DISPLAY: ':0' };
    await run('ssh-add', ['-x'], { env: askpass });
    await expect(agent.add(key, forever)).rejects.toMatchObject({ fault: 'refused' });
    await expect(agent.remove(key.publicKey.blob)).rejects.toMatchObject(showsNone);
    await run('ssh-add', ['-X'], { env: askpass });
    expect(await addedKeys()).toBe(publicLine);
  });

  it('K5: the key in memory is left as it was', async () => {
    const { key } = keyOf('ecdsa', 384);
    const before = Buffer.from(key.agentForm).toString('hex');
    await agent.add(key, forever);
    expect(Buffer.from(key.agentForm).toString('hex')).toBe(before);
    await agent.remove(key.publicKey.blob);
  });
});

describe('K5: agents that are none', () => {
  /** A real socket on which `answer` serves. */
  async function withServer(
    answer: (socket: Socket) => void,
    use: (hostile: SshAgent) => Promise<void>,
  ): Promise<void> {
    const socketPath = join(folder.path, `hostile-${randomBytes(4).toString('hex')}`);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      answer(socket);
    }).listen(socketPath);
    await once(server, 'listening');
    try {
      await use(createSshAgent({ path: socketPath, deadline: 200, askingDeadline: 200 }));
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }

  const frame = (...bytes: number[]) => Buffer.from([0, 0, 0, bytes.length, ...bytes]);

  it.each<[string, string, (socket: Socket) => void]>([
    ['silent', 'says nothing', () => undefined],
    ['silent', 'stops in the middle', (socket) => void socket.write(Buffer.from([0, 0, 1, 0, 12]))],
    ['not-an-agent', 'hangs up', (socket) => void socket.end()],
    ['not-an-agent', 'speaks HTTP', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['not-an-agent', 'announces 4 GB', (socket) => void socket.write(Buffer.from([255, 255, 255, 255]))],
    ['not-an-agent', 'announces nothing', (socket) => void socket.write(Buffer.alloc(4))],
    ['not-an-agent', 'counts four billion keys', (socket) => void socket.write(frame(12, 255, 255, 255, 255))],
    [
      'not-an-agent',
      'gives a key longer than its answer',
      (socket) => void socket.write(frame(12, 0, 0, 0, 1, 0, 1, 0, 0)),
    ],
    [
      'not-an-agent',
      'says more than asked',
      (socket) => void socket.write(Buffer.concat([frame(12, 0, 0, 0, 0), frame(6)])),
    ],
    ['not-an-agent', 'answers something else', (socket) => void socket.write(frame(6))],
    ['refused', 'says no', (socket) => void socket.write(frame(5))],
  ])('K5: %s: one that %s', async (fault, _what, answer) => {
    await withServer(answer, async (hostile) => {
      await expect(hostile.list()).rejects.toMatchObject({ fault });
    });
  });

  it('K5: an answer in single bytes is put together', async () => {
    const answer = frame(12, 0, 0, 0, 1, 0, 0, 0, 1, 7, 0, 0, 0, 3, 0x61, 0x0a, 0x62);
    const drip = async (socket: Socket) => {
      for (const byte of answer) await new Promise((resolve) => socket.write(Uint8Array.of(byte), resolve));
    };
    await withServer(
      (socket) => void drip(socket),
      async (slow) => {
        expect(await slow.list()).toEqual([{ blob: Uint8Array.of(7), comment: 'a b' }]);
      },
    );
  });

  it('K5: none at all: no path, no socket, a file, a socket left behind', async () => {
    for (const nowhere of [undefined, join(folder.path, 'nothing'), keyOf('ed25519', 256).path, '/dev/null/agent']) {
      await expect(createSshAgent({ path: nowhere }).list()).rejects.toMatchObject({ fault: 'none' });
    }
  });

  it('K5: where it listens is in the environment; on Windows there is a pipe', () => {
    expect(findAgentPath({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toBe('/run/agent');
    expect(findAgentPath({ SSH_AUTH_SOCK: '' }, 'darwin')).toBeUndefined();
    expect(findAgentPath({}, 'win32')).toBe('\\\\.\\pipe\\openssh-ssh-agent');
  });
});
