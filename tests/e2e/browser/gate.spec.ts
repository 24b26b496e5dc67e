import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type App, type Desk } from './fixtures.ts';

/** Its own page is let in by now: later, it would take the place of whoever has the next link. */
async function openApp(desk: Desk): Promise<App> {
  const app = await desk.startApp();
  await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
  return app;
}

test('another page in the same browser reaches neither calls nor events, nor frames the app (security promise 2)', async ({
  desk,
  page,
}) => {
  const app = await openApp(desk);
  const web = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Attacker</title>');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  await page.goto(`http://127.0.0.1:${(web.address() as AddressInfo).port}/`);
  const seen = await page.evaluate(
    async ({ origin, pass }) => {
      const body = JSON.stringify({ channel: 'app.snapshot' });
      const outcome = (request: Promise<Response>) =>
        request.then((response) => `${response.type} ${response.status}`).catch(() => 'blocked');
      const json = { 'content-type': 'application/json' };
      return {
        // Even with a good link, which it could not know.
        call: await outcome(fetch(`${origin}/rpc`, { method: 'POST', headers: { ...json, ...pass }, body })),
        events: await outcome(fetch(`${origin}/events`, { headers: pass })),
        // "Simple" requests are sent without asking, but their answers cannot be read.
        form: await outcome(
          fetch(`${origin}/rpc`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body }),
        ),
        file: await outcome(fetch(`${origin}/index.html`)),
      };
    },
    { origin: app.origin, pass: (await app.newLink()).pass },
  );
  expect(seen).toEqual({ call: 'blocked', events: 'blocked', form: 'blocked', file: 'blocked' });

  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.evaluate((origin) => {
    const frame = document.createElement('iframe');
    frame.src = origin;
    document.body.append(frame);
  }, app.origin);
  await refused;
  web.close();
});

/**
 * As any program on this computer can: node:http, because fetch lets nobody choose Host and Origin. Gives the HTTP
 * status.
 */
function ask(address: string, headers: Record<string, string>, body?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      address,
      { method: body === undefined ? 'GET' : 'POST', headers, agent: false },
      (response) => {
        response.destroy();
        resolve(response.statusCode);
      },
    );
    request.on('error', reject).end(body);
  });
}

test('the running shell itself refuses a caller without the token, from another page or under another name (security promise 2)', async ({
  desk,
}) => {
  const { origin, newLink } = await openApp(desk);
  const { pass } = await newLink();
  const token = pass['x-profile-desk-token'] ?? '';
  const right = { ...pass, 'content-type': 'application/json' };
  const callers: Record<string, { headers: Record<string, string>; status: number; page?: number }> = {
    'its own page': { headers: { ...right, origin }, status: 200 },
    'no token': { headers: { 'content-type': 'application/json' }, status: 401 },
    'a wrong token': {
      headers: { ...right, 'x-profile-desk-token': `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` },
      status: 401,
    },
    'another page': { headers: { ...right, origin: 'http://127.0.0.1:1' }, status: 403 },
    'a page of no origin': { headers: { ...right, origin: 'null' }, status: 403 },
    'another name (DNS rebinding)': { headers: { ...right, host: 'attacker.example' }, status: 421, page: 421 },
    'localhost, which may be somebody else': {
      headers: { ...right, host: `localhost:${new URL(origin).port}` },
      status: 421,
      page: 421,
    },
  };
  for (const [who, { headers, status, page = 200 }] of Object.entries(callers)) {
    const seen = {
      call: await ask(`${origin}/rpc`, headers, JSON.stringify({ channel: 'app.snapshot' })),
      events: await ask(`${origin}/events`, headers),
      page: await ask(`${origin}/`, headers),
    };
    expect(seen, who).toEqual({ call: status, events: status, page });
  }
});

test('the link of a page is good once: a second use of its token is refused, also the app’s own page by it (L14)', async ({
  desk,
  page,
}) => {
  const app = await openApp(desk);
  const headers = { ...app.pass, 'content-type': 'application/json' };
  expect(await ask(`${app.origin}/rpc`, headers, JSON.stringify({ channel: 'app.snapshot' }))).toBe(401);
  expect(await ask(`${app.origin}/events`, headers)).toBe(401);
  await page.goto(app.url);
  const refused = { name: "This page isn't connected to Profile Desk" };
  await expect(page.getByRole('heading', refused)).toBeVisible();
  // What a browser writes down of a tab holds nothing that lets in, and a reload stays.
  const traces = () => app.page.evaluate(() => JSON.stringify([location.href, history.state, sessionStorage]));
  await expect.poll(traces).not.toMatch(/[\w-]{43}/);
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  // A new one may be opened in the same tab, and differs in its fragment alone. Its page takes the place of the first.
  await page.goto((await app.newLink()).url);
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(app.page.getByRole('heading', refused)).toBeVisible();
  await app.page.reload();
  await expect(app.page.getByRole('heading', refused)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
});

test('the page itself may take no style from elsewhere and reach no other address (CSP)', async ({ desk, page }) => {
  const app = await openApp(desk);
  await page.goto((await app.newLink()).url);
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  const violated = await page.evaluateHandle(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
    const image = new Image();
    image.src = 'http://127.0.0.1:1/pixel.png';
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.head.append(style);
    await fetch('http://127.0.0.1:1/').catch(() => undefined);
    return directives;
  });
  // A violation is reported when the browser comes to it.
  await expect
    .poll(() => violated.evaluate((directives) => directives.toSorted()))
    .toEqual(['connect-src', 'img-src', 'style-src-elem']);
});

test('no script of the page makes a policy of its own for trusted types (L13)', async ({ desk, page }) => {
  const app = await openApp(desk);
  await page.goto((await app.newLink()).url);
  await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  const made = await page.evaluate(() => {
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy(name: string, rules: object): object };
    };
    const attempt = (name: string) => {
      try {
        trustedTypes.createPolicy(name, { createHTML: (text: string) => text, createScriptURL: (url: string) => url });
        return 'made';
      } catch (error) {
        return error instanceof TypeError ? 'refused' : String(error);
      }
    };
    return Object.fromEntries(['mine', 'default', 'vue', 'own-worker'].map((name) => [name, attempt(name)]));
  });
  expect(made).toEqual({ mine: 'refused', default: 'refused', vue: 'refused', 'own-worker': 'refused' });
});
