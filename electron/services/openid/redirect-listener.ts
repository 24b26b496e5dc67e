import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../shared/contract/errors.ts';
import { nativeText } from '../core/native-text.ts';
import { createPlainPage, type PlainPage } from '../core/plain-page.ts';

/** Waits at 127.0.0.1, at a free port, for the browser to be sent back (RFC 8252, 7.3). */
export interface RedirectListener {
  readonly redirectUri: string;
  /** The address with the answer. Errors: AppError untrusted-answer (wrong-state). */
  readonly redirect: Promise<URL>;
  close(): void;
}

const path = '/callback';
/** Made when one is shown: the language is chosen by then. */
const pages = {
  done: () => callbackPage(nativeText('callback.done'), nativeText('callback.doneHint')),
  foreign: () => callbackPage(nativeText('callback.foreign'), nativeText('callback.foreignHint')),
  nothing: () => callbackPage(nativeText('callback.nothing'), nativeText('callback.nothingHint')),
};

/** Takes one answer, right or wrong, and is closed by then: nobody gets a second guess at `state`. */
export async function listenForRedirect(state: string): Promise<RedirectListener> {
  let settle: { resolve(redirect: URL): void; reject(error: AppError): void };
  const redirect = new Promise<URL>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever waits for it handles it; until then it is no fault of the process.
  redirect.catch(() => undefined);
  let isTaken = false;
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 32_768 },
    (request, response) => {
      const url = readOwnAddress(request, origin);
      if (!url || isTaken) return answer(response, url ? 410 : 404, pages.nothing());
      isTaken = true;
      server.close();
      const isRight = isSame(url.searchParams.getAll('state').join(' '), state);
      answer(response, isRight ? 200 : 400, isRight ? pages.done() : pages.foreign());
      // The browser has its page before anything else goes on.
      response.once('close', () =>
        isRight ? settle.resolve(url) : settle.reject(new AppError('untrusted-answer', { reason: 'wrong-state' })),
      );
    },
  );
  await listen(server);
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    redirectUri: origin + path,
    redirect,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * The whole address of a request that can be the redirect. A page that reaches this port by a name of its own (DNS
 * rebinding) is none.
 */
function readOwnAddress({ method, url = '', headers }: IncomingMessage, origin: string): URL | undefined {
  if (method !== 'GET' || `http://${headers.host ?? ''}` !== origin || !url.startsWith('/')) return undefined;
  const address = URL.parse(origin + url);
  return address?.pathname === path && address.origin === origin ? address : undefined;
}

/** In a time that does not tell how much of it was right. */
function isSame(given: string, known: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(known));
}

/** What the browser shows after it was sent back; nothing of it comes from the request. */
function callbackPage(heading: string, hint: string): PlainPage {
  return createPlainPage(nativeText('callback.pageTitle'), `<h1>${heading}</h1><p>${hint}</p>`);
}

function answer(response: ServerResponse, status: number, { html, headers }: PlainPage): void {
  response.writeHead(status, headers).end(html);
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
