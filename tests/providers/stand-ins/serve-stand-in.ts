import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// What the stand-ins of services share: a server on loopback, and a table of routes.

/** A request, read to its end. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The same, as it came. */
  readonly bytes: Buffer;
}

/** `json`, `text`, `html` or `bytes`, or no body at all. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly html?: string;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface Served extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves on a free port of 127.0.0.1. What `answer` throws is a 500 with its text. */
export async function serveStandIn(answer: (call: Call) => Answer | Promise<Answer>): Promise<Served> {
  const server = createServer((request, response) => {
    void respond(request, response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address, close, [Symbol.asyncDispose]: close };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: Call) => Answer | Promise<Answer>,
): Promise<void> {
  try {
    const { method = 'GET', headers, url = '/' } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const address = new URL(url, `http://${headers.host ?? '127.0.0.1'}`);
    send(response, await answer({ method, url: address, headers, body: bytes.toString(), bytes }));
  } catch (error) {
    send(response, { status: 500, text: String(error) });
  }
}

function send(response: ServerResponse, { status, json, text, html, bytes, headers = {} }: Answer): void {
  if (bytes) {
    response.writeHead(status, { 'content-type': 'application/octet-stream', ...headers }).end(bytes);
    return;
  }
  const [type, body] =
    json !== undefined
      ? ['application/json;charset=utf-8', JSON.stringify(json)]
      : html !== undefined
        ? ['text/html; charset=utf-8', html]
        : ['text/plain;charset=utf-8', text ?? ''];
  response.writeHead(status, { ...(body && { 'content-type': type }), ...headers }).end(body);
}

/** `path`: as in the service's own documentation, with `{name}` for what one segment holds. */
export interface Route<Context> {
  readonly method: string;
  readonly path: string;
  answer(context: Context, params: Readonly<Record<string, string>>): Answer | Promise<Answer>;
}

export interface Match<Context> {
  readonly route: Route<Context>;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request, or which methods its path knows (none: 404). */
export function findRoute<Context>(
  routes: readonly Route<Context>[],
  method: string,
  path: string,
): Match<Context> | { readonly methods: readonly string[] } {
  const here = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  return here.find(({ route }) => route.method === method) ?? { methods: here.map(({ route }) => route.method) };
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, found] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== found.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) params[name] = decodeURIComponent(found[index]!);
    else if (part !== found[index]) return undefined;
  }
  return params;
}
