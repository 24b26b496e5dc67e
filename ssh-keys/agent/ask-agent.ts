import { connect, type Socket } from 'node:net';
import { AgentFailure } from './agent-failure.ts';

/** Bytes: what OpenSSH's agent takes and gives at most. */
export const maxMessageBytes = 256 * 1024;

export interface AgentQuestion {
  /** Socket, or pipe on Windows. */
  readonly path: string;
  /** Type and content, without the length. Wiped once it is sent: it may hold a private key. */
  readonly message: Uint8Array;
  /** Milliseconds for the whole of it. */
  readonly deadline: number;
}

/**
 * Asks the SSH agent one thing on a connection of its own; gives the answer without its length. Errors: AgentFailure.
 */
export function askAgent({ path, message, deadline }: AgentQuestion): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    const socket = connect({ path });
    const frame = framed(message);
    const timer = setTimeout(() => fail(new AgentFailure('silent', `no answer within ${deadline} ms`)), deadline);
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      frame.fill(0);
      message.fill(0);
    };
    const fail = (failure: AgentFailure) => {
      end();
      reject(failure);
    };
    socket.once('error', (error: NodeJS.ErrnoException) => fail(toFailure(error)));
    socket.once('close', () => fail(new AgentFailure('not-an-agent', 'it closed the connection without an answer')));
    collectAnswer(
      socket,
      (answer) => {
        end();
        resolve(answer);
      },
      fail,
    );
    socket.write(frame);
  });
}

function collectAnswer(
  socket: Socket,
  give: (answer: Uint8Array) => void,
  fail: (failure: AgentFailure) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let wanted = 4;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    const received = Buffer.concat(chunks.splice(0));
    const length = received.readUInt32BE();
    wanted = 4 + length;
    if (length === 0 || length > maxMessageBytes)
      fail(new AgentFailure('not-an-agent', `an answer of ${length} bytes`));
    else if (size > wanted) fail(new AgentFailure('not-an-agent', 'more than one answer'));
    else if (size === wanted) give(received.subarray(4));
    else chunks.push(received);
  });
}

function framed(message: Uint8Array): Buffer {
  const frame = Buffer.alloc(4 + message.length);
  frame.writeUInt32BE(message.length);
  frame.set(message, 4);
  return frame;
}

function toFailure({ code = '' }: NodeJS.ErrnoException): AgentFailure {
  // A socket left behind by an agent that ended refuses; one that belongs to another user is not ours to use.
  const isNone = ['ENOENT', 'ECONNREFUSED', 'EACCES', 'EPERM', 'ENOTDIR'].includes(code);
  return new AgentFailure(isNone ? 'none' : 'not-an-agent', code);
}
