import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { SshReader, SshWriter } from '../../../ssh-keys/index.ts';

export interface PlainAgent extends AsyncDisposable {
  /** Public keys that it holds, in Base64. */
  readonly keys: ReadonlySet<string>;
  /** All that it ever took, in order. */
  readonly taken: readonly string[];
  /** While it is locked, it says no to everything and lists nothing. */
  isLocked: boolean;
}

/**
 * An agent of Ed25519 keys that knows SSH_AGENTC_ADD_IDENTITY and refuses SSH_AGENTC_ADD_ID_CONSTRAINED, as the one of
 * Windows and some of keyrings do; it listens at `path`.
 */
export async function servePlainAgent(path: string): Promise<PlainAgent> {
  const keys = new Set<string>();
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  const state = { isLocked: false };

  function answer(message: Buffer): Uint8Array {
    const reader = new SshReader(message.subarray(1), 'agent-answer');
    const done = (isDone: boolean) => Uint8Array.of(isDone ? 6 : 5);
    const blobText = (blob: Uint8Array) => Buffer.from(blob).toString('base64');
    if (state.isLocked) return message[0] === 11 ? list(new Set()) : done(false);
    switch (message[0]) {
      case 11:
        return list(keys);
      case 17: {
        const key = blobText(new SshWriter().string(reader.string()).string(reader.string()).bytes());
        keys.add(key);
        taken.push(key);
        return done(true);
      }
      case 18:
        return done(keys.delete(blobText(reader.string())));
      default:
        return done(false);
    }
  }

  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readUInt32BE()) return;
      socket.write(new SshWriter().string(answer(received.subarray(4))).bytes());
    });
  }).listen(path);
  await once(server, 'listening');
  return Object.assign(state, {
    keys,
    taken,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function list(keys: ReadonlySet<string>): Uint8Array {
  const answer = new SshWriter().byte(12).uint32(keys.size);
  for (const key of keys) answer.string(Buffer.from(key, 'base64')).text('a key');
  return answer.bytes();
}
