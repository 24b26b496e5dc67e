import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import { chromiumLaunchOptions } from '../support/chromium.ts';

export interface Still extends AsyncDisposable {
  /** With a slash at its end; below it, `blank` is an empty page. */
  readonly address: string;
}

/**
 * What the page at `url` shows once `element` is there, as HTML with its style sheets and without a script: no page
 * that is made by a script can be on the screen sooner. Served from 127.0.0.1, as the page itself is.
 */
export async function serveStill(url: string, element: string): Promise<Still> {
  const { html, sheets } = await takeStill(url, element);
  const server = createServer((request, response) => {
    const sheet = sheets.get(request.url ?? '');
    response.setHeader('content-type', sheet === undefined ? 'text/html; charset=utf-8' : 'text/css; charset=utf-8');
    response.end(sheet ?? (request.url === '/' ? html : '<!doctype html><title>Blank</title>'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function takeStill(url: string, element: string): Promise<{ html: string; sheets: Map<string, string> }> {
  await using browser = await chromium.launch(chromiumLaunchOptions());
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator(element).waitFor();
  const { html, paths } = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const each of copy.querySelectorAll('script, link[rel=modulepreload]')) each.remove();
    const links = [...copy.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];
    return { html: copy.outerHTML, paths: links.map((link) => link.getAttribute('href') ?? '') };
  });
  const origin = new URL(url).origin;
  const sheets = await Promise.all(
    paths.map(async (path) => [path, await (await fetch(origin + path)).text()] as const),
  );
  return { html: `<!doctype html>${html}`, sheets: new Map(sheets) };
}
