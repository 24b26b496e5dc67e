import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Handler } from './fault-server.ts';

const json = { 'Content-Type': 'application/json' };
const megabyte = 1_000_000;

/** Answers with this text as JSON. */
export function reply(body: string, headers: Record<string, string | string[]> = {}, status = 200): Handler {
  return (_request, response) => response.writeHead(status, { ...json, ...headers }).end(body);
}

/** Takes the request and says nothing. */
export const hang: Handler = () => undefined;

/** A byte now and then: a time limit on silence alone would wait for ever. */
export const dripBody: Handler = (_request, response) => {
  response.writeHead(200, json);
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Informational answers without end, and never the real one. */
export const floodWithHints: Handler = (_request, response) => {
  const timer = setInterval(() => response.writeProcessing(), 20);
  response.on('close', () => clearInterval(timer));
};

export const resetAtOnce: Handler = (request) => request.socket.resetAndDestroy();
export const hangUp: Handler = (request) => request.socket.end();

export const resetInBody: Handler = (request, response) => {
  response.writeHead(200, { ...json, 'Content-Length': '100' });
  response.write('{"name":', () => request.socket.resetAndDestroy());
};

/** Announces more than it sends. */
export const halfBody: Handler = (request, response) => {
  response.writeHead(200, { ...json, 'Content-Length': '100' });
  response.write('{"name":"A"}', () => request.socket.end());
};

export const halfChunked: Handler = (request, response) => {
  response.writeHead(200, json);
  response.write('{"name":"A"}', () => request.socket.end());
};

/**
 * The end of the account is the end of the body, so only its text shows that some is missing (RFC 9112, section
 * 6.3).
 */
export const halfUntilClose: Handler = (request) =>
  request.socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"name":"A');

export const halfGzip: Handler = (_request, response) => {
  const whole = gzipSync('{"name":"A"}');
  response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(whole.subarray(0, whole.length - 10));
};

/** 1 GB of zeros in 1 MB: gzip members may follow one another (RFC 1952, section 2.2). */
export function gzipBomb(): Handler {
  const member = gzipSync(Buffer.alloc(megabyte));
  return replyCompressed(Buffer.concat(Array.from({ length: 1_000 }, () => member)), 'gzip');
}

export function brotliBomb(): Handler {
  return replyCompressed(brotliCompressSync(Buffer.alloc(100 * megabyte)), 'br');
}

export function deflateBomb(): Handler {
  return replyCompressed(deflateSync(Buffer.alloc(100 * megabyte)), 'deflate');
}

function replyCompressed(body: Buffer, encoding: string): Handler {
  return (_request, response) => response.writeHead(200, { ...json, 'Content-Encoding': encoding }).end(body);
}

/** As fast as the client takes it. */
export function pour(bytes: number, headers: Record<string, string> = {}): Handler {
  const block = Buffer.alloc(64 * 1024, 0x20);
  function pourOn(response: ServerResponse, left: number): void {
    if (response.destroyed) return;
    if (left <= 0) {
      response.end('{}');
    } else {
      const hasRoom = response.write(block);
      if (hasRoom) setImmediate(pourOn, response, left - block.length);
      else response.once('drain', () => pourOn(response, left - block.length));
    }
  }
  return (_request, response) => {
    response.writeHead(200, { ...json, ...headers });
    pourOn(response, bytes);
  };
}

export function dripHeaders(socket: Socket): void {
  const timer = setInterval(() => socket.write('H'), 20);
  timer.unref();
  socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  socket.on('close', () => clearInterval(timer));
}

/** The text with one to four bytes replaced, dropped or doubled; the same for the same seed. */
export function damage(text: string, seed: number): Buffer {
  const bytes = [...Buffer.from(text)];
  let state = seed;
  // Numerical Recipes' linear congruential generator: repeatable, and good enough to pick bytes.
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let changes = 1 + next(4); changes > 0; changes -= 1) {
    const at = next(bytes.length);
    const replacement = [[next(256)], [], [bytes[at] ?? 0, bytes[at] ?? 0]][next(3)] ?? [];
    bytes.splice(at, 1, ...replacement);
  }
  return Buffer.from(bytes);
}
