import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { nativeText } from '../../electron/services/core/native-text.ts';
import { createPlainPage } from '../../electron/services/core/plain-page.ts';
import type { OriginQuestion } from '../../electron/services/ports.ts';
import { escapeHtml } from '../../shared/escape-html.ts';

/** Shows the address of a question to the person, not to the page of the app. */
export type ShowQuestion = (question: { readonly url: string; readonly origin: string }) => void;

export const askAtTerminal: ShowQuestion = ({ url, origin }) =>
  void process.stdout.write(`${nativeText('origin.atTerminal', { origin, url })}\n`);

/** Milliseconds that a question waits. */
const patience = 120_000;

/**
 * A browser tab has no dialog that its page could not draw. So each question has a page of its own, at an origin of its
 * own and under an address that nobody can guess and that is good for this question alone; the page of the app learns
 * neither.
 */
export function createPageOriginQuestion(show: ShowQuestion, patienceMs = patience): OriginQuestion {
  return {
    async ask(origin) {
      const path = `/${randomBytes(32).toString('base64url')}`;
      const asked = await serve(path, origin).catch(() => undefined);
      if (!asked) return false;
      const late = setTimeout(asked.giveUp, patienceMs);
      show({ url: asked.url, origin });
      const isAllowed = await asked.answer;
      clearTimeout(late);
      asked.close();
      return isAllowed;
    },
  };
}

async function serve(path: string, origin: string) {
  let resolve: (isAllowed: boolean) => void = () => undefined;
  const answer = new Promise<boolean>((settle) => (resolve = settle));
  const server = createServer({ maxHeaderSize: 8_192, requestTimeout: 10_000 });
  await listen(server);
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  server.on('request', (request, response) => {
    // Another name is DNS rebinding.
    if (request.headers.host !== host) return reply(response, 421, nativeText('origin.notHere'));
    if (request.url !== path) return reply(response, 404, nativeText('origin.noQuestion'));
    if (request.method !== 'POST') return reply(response, 200, question(path, origin));
    void readAnswer(request).then((isAllowed) => {
      response.once('close', () => resolve(isAllowed));
      reply(response, 200, `<p>${nativeText('origin.answered')}</p>`);
    });
  });
  return {
    url: `http://${host}${path}`,
    answer,
    giveUp: () => resolve(false),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

/** Everything but a plain yes is a no. */
async function readAnswer(request: IncomingMessage): Promise<boolean> {
  const isShort = Number(request.headers['content-length'] ?? Number.NaN) <= 100;
  return isShort && (await text(request).catch(() => '')) === 'answer=connect';
}

function question(path: string, origin: string): string {
  return (
    `<h1>${nativeText('origin.pageHeading')}</h1><p><b>${escapeHtml(origin)}</b></p>` +
    `<p>${nativeText('origin.hint')}</p>` +
    `<form method="post" action="${path}"><button name="answer" value="no">${nativeText('origin.refuse')}</button>` +
    `<button name="answer" value="connect">${nativeText('origin.connect')}</button></form>`
  );
}

function reply(response: ServerResponse, status: number, content: string): void {
  const { html, headers } = createPlainPage(nativeText('origin.pageTitle'), content, { formAction: "'self'" });
  response.writeHead(status, headers).end(html);
}
