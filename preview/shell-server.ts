import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import * as z from 'zod';
import type { RendererFile } from '../electron/services/page/renderer-files.ts';
import type { Dispatcher } from '../shared/rpc/dispatcher.ts';
import type { EventMessage } from '../shared/rpc/transport.ts';
import { createAdmission } from './admission.ts';
import { createEventStreams, type Pages } from './event-stream.ts';
import { findRefusal } from './request-guard.ts';
import { StartError } from './start-error.ts';

export interface ShellServerOptions {
  readonly files: ReadonlyMap<string, RendererFile>;
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** The sender of a call is its request, already checked by the guard. */
  readonly dispatcher: Dispatcher<IncomingMessage>;
  readonly pages?: Pages;
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

const limits = {
  // Bytes. A dropped key file of 1 MiB fits in base64.
  bodyLimit: 2_000_000,
  // Milliseconds.
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  http: { headersTimeout: 5_000, maxHeaderSize: 8_192 },
};
const lastAnswersMs = 1_000;

/** Serves the renderer, `POST /rpc` and `GET /events` on 127.0.0.1 alone. Errors: StartError if the port is taken. */
export async function startShellServer(port: number, options: ShellServerOptions): Promise<ShellServer> {
  const app = fastify({ ...limits, exposeHeadRoutes: false, forceCloseConnections: 'idle' });
  app.server.maxConnections = 64;
  const events = createEventStreams(options.pages);
  const admission = createAdmission(events.endAll);
  const hostOf = () => `127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.setHeaders(new Map(Object.entries(options.headers)));
    const refusal = findRefusal(request.raw, hostOf(), admission);
    if (refusal?.allow) reply.header('allow', refusal.allow);
    if (refusal) return refuse(reply, refusal.status, refusal.error);
  });
  app.setErrorHandler<FastifyError>(({ statusCode = 500, message }, _request, reply) =>
    refuse(reply, statusCode, statusCode < 500 ? message : 'this failed'),
  );
  addRoutes(app, options, (reply) => events.add(reply.hijack().raw));
  await listen(app, port);
  const address = `http://${hostOf()}`;
  return {
    address,
    newLink: () => `${address}/#token=${admission.newCode()}`,
    send: events.send,
    async close() {
      events.close();
      const last = setTimeout(() => app.server.closeAllConnections(), lastAnswersMs);
      await app.close();
      clearTimeout(last);
    },
  };
}

const callSchema = z.object({ channel: z.string(), input: z.unknown().optional() });

function addRoutes(app: FastifyInstance, options: ShellServerOptions, addStream: (reply: FastifyReply) => void): void {
  // Only what a page of another origin may not send without asking first.
  app.removeContentTypeParser('text/plain');
  app.get('/events', (_request, reply) => addStream(reply));
  app.post('/rpc', async (request, reply) => {
    const { data } = callSchema.safeParse(request.body);
    if (!data) return refuse(reply, 400, 'the body must be {"channel": text, "input": value}');
    reply.header('cache-control', 'no-store');
    return options.dispatcher.dispatch(data.channel, data.input, request.raw);
  });
  // From the list alone: what an address holds is looked up, never joined to a path.
  app.setNotFoundHandler(async ({ raw }, reply) => {
    const file = options.files.get(raw.url === '/' ? '/index.html' : (raw.url ?? ''));
    if (!file) return refuse(reply, 404, 'no such file');
    const content = await readFile(file.path);
    return reply.headers({ 'content-type': file.type, 'cache-control': 'no-cache' }).send(content);
  });
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  // What is left of a refused body is not worth reading.
  return reply.code(status).headers({ connection: 'close', 'cache-control': 'no-store' }).send({ error });
}

async function listen(app: FastifyInstance, port: number): Promise<void> {
  try {
    await app.listen({ port, host: '127.0.0.1' });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? `port ${port} is taken` : `port ${port} cannot be used (${code})`;
    throw new StartError('port', `${why}: choose another with --port, or leave it out for a free one`);
  }
}
