import type { IncomingMessage } from 'node:http';

/** Bytes. A dropped key file of 1 MiB fits in base64. */
const bodyLimit = 2_000_000;

/** A body that is refused before it reaches the dispatcher. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
  }
}

/** The request's body, an object. Errors: BodyError. */
export async function readJson(request: IncomingMessage): Promise<object> {
  if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/json') {
    throw new BodyError(415, 'the body must be application/json');
  }
  const value = parse(await readBody(request));
  if (typeof value !== 'object' || value === null) throw new BodyError(400, 'the body must be an object');
  return value;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new BodyError(413, `the body may hold ${bodyLimit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BodyError(400, 'the body is not JSON');
  }
}
