import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { RendererFile } from '../electron/services/page/renderer-files.ts';
import type { Dispatcher } from '../shared/rpc/dispatcher.ts';
import type { EventMessage } from '../shared/rpc/transport.ts';
import { createAdmission } from './admission.ts';
import { createEventStreams, type EventStreams } from './event-stream.ts';
import { BodyError, readJson } from './read-json.ts';
import { createRequestGuard, type RequestGuard } from './request-guard.ts';
import { StartError } from './start-error.ts';

export interface ShellServerOptions {
  readonly files: ReadonlyMap<string, RendererFile>;
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** The sender of a call is its request, already checked by the guard. */
  readonly dispatcher: Dispatcher<IncomingMessage>;
}

export interface ShellServer {
  /** E.g. http://127.0.0.1:40123 */
  readonly address: string;
  /**
   * An address of the page, with a code in its fragment that lets one page in, in place of the one before: never sent
   * to a server, never in a log.
   */
  newLink(): string;
  send(message: EventMessage): void;
  close(): Promise<void>;
}

type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Serves the renderer, `POST /rpc` and `GET /events` on 127.0.0.1 alone. Errors: StartError if the port is taken. */
export async function startShellServer(port: number, options: ShellServerOptions): Promise<ShellServer> {
  const server = createServer({
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 8_192,
  });
  server.maxConnections = 64;
  await listen(server, port);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const events = createEventStreams();
  const admission = createAdmission(events.endAll);
  const guard = createRequestGuard(host, admission);
  const routes = createRoutes(options, guard, events);
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(options.headers)) response.setHeader(name, value);
    void handle(request, response, guard, routes, options.files);
  });
  return {
    address: `http://${host}`,
    newLink: () => `http://${host}/#token=${admission.newCode()}`,
    send: events.send,
    async close() {
      events.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const last = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(last);
    },
  };
}

function createRoutes(options: ShellServerOptions, guard: RequestGuard, events: EventStreams) {
  const guarded =
    (method: string, route: Route): Route =>
    (request, response) => {
      if (request.method !== method) {
        response.setHeader('allow', method);
        return refuse(response, 405, `only ${method} is answered here`);
      }
      const refusal = guard.checkCaller(request);
      return refusal ? refuse(response, refusal.status, refusal.error) : route(request, response);
    };
  return new Map<string, Route>([
    ['/events', guarded('GET', (_request, response) => events.add(response))],
    [
      '/rpc',
      guarded('POST', async (request, response) => {
        const body = await readJson(request);
        const { channel, input } = body as { channel?: unknown; input?: unknown };
        if (typeof channel !== 'string') throw new BodyError(400, 'the body must be {"channel": text, "input": value}');
        sendJson(response, 200, await options.dispatcher.dispatch(channel, input, request));
      }),
    ],
  ]);
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  guard: RequestGuard,
  routes: ReadonlyMap<string, Route>,
  files: ReadonlyMap<string, RendererFile>,
): Promise<void> {
  const refusal = guard.checkHost(request);
  if (refusal) return refuse(response, refusal.status, refusal.error);
  const route = routes.get(request.url ?? '');
  try {
    await (route ? route(request, response) : serveFile(request, response, files));
  } catch (error) {
    if (error instanceof BodyError) refuse(response, error.status, error.message);
    else response.destroy();
  }
}

/** From the list alone: what an address holds is looked up, never joined to a path. */
async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, RendererFile>,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'only GET and HEAD are answered here');
  }
  const file = files.get(request.url === '/' ? '/index.html' : (request.url ?? ''));
  if (!file) return refuse(response, 404, 'no such file');
  const content = await readFile(file.path);
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': content.length,
    'cache-control': 'no-cache',
  });
  response.end(request.method === 'GET' ? content : undefined);
}

function refuse(response: ServerResponse, status: number, error: string): void {
  // What is left of a refused body is not worth reading.
  response.setHeader('connection', 'close');
  sendJson(response, status, { error });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? `port ${port} is taken` : `port ${port} cannot be used (${error.code})`;
      reject(new StartError('port', `${why}: choose another with --port, or leave it out for a free one`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
