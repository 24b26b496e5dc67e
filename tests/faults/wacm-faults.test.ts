import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createBareSource } from '../../electron/services/provider/tokens.ts';
import { createWacmProvider } from '../../electron/services/provider/wacm/create-wacm-provider.ts';
import type { Handler } from './fault-server.ts';
import { halfBody, reply } from './faults.ts';
import { outcomeOf, serveRoutes, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

const path = '/api/v1/control-accounts';
const card = { id: 6_196, name: 'Lovelace Storage', contactEmail: 'ada@example.org', city: 'London', zip: null };
const keys = { primaryApiKey: 'hpoSTa2f', secondaryApiKey: '8H1ZrIRl' };
const json = (value: unknown, status = 200) => reply(JSON.stringify(value), {}, status);
const cards = (...items: unknown[]) => json({ success: true, message: 'Successfully read!', data: { items } });
const failure = (status: number) => json({ success: false, message: 'No' }, status);

const stranger = 'untrusted-answer (not-a-profile-service)';

let server: RouteServer;
afterEach(() => server.close());

const provider = createWacmProvider({ clock: createSystemClock(), version: '1.0.0' });

async function open(answer: Handler): Promise<ProviderAccount> {
  server = await serveRoutes({ [`GET ${path}`]: answer }, failure(404));
  const token = { kind: 'fixed', token: 'ada:k1', expiresAt: null, scopes: null } as const;
  return provider.open(server.address, createBareSource(token));
}

/** As the screens get it. */
async function readProfile(answer: Handler) {
  return toSnapshot((await (await open(answer)).readAccount()).profile!);
}

describe('D2 R10 · the card that a broken or hostile WACM sends', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', cards(card), 'done'],
    ['a word for true', json({ success: 'True', data: { items: [card] } }), 'done'],
    ['more than we know', cards({ ...card, ...keys, ['__proto__']: {} }), 'done'],
    ['none', cards(), 'done'],
    ['a key that may see none', failure(403), 'done'],
    ['a number for a name', cards({ ...card, name: 7 }), wrongShape],
    ['no list', json({ success: true, data: { items: card } }), wrongShape],
    ['a failure that calls itself 200', failure(200), 'server-fault'],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a key that counts no more', failure(401), 'unauthenticated (session-ended)'],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 403), stranger],
    ['more than five requests a second', failure(429), 'rate-limited'],
    ['a fault of its own', failure(500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    expect(await outcomeOf(() => readProfile(handler))).toBe(expected);
  });

  it('is the one that there is, without the keys that stand in it', async () => {
    const snapshot = await readProfile(cards({ ...card, ...keys }));
    expect(snapshot.sections.user.values).toMatchObject({ firstName: 'Lovelace Storage', username: 'ada' });
    expect(snapshot.sections.contact.values).toMatchObject({
      email: 'ada@example.org',
      city: 'London',
      postalCode: '',
    });
    for (const key of Object.values(keys)) expect(JSON.stringify(snapshot)).not.toContain(key);
    expect(server.requests.map(({ url }) => url)).toEqual([`${path}?page=1&size=2`]);
  });

  it('is that of the name where there are several, and nobody’s where none has it', async () => {
    const named = (name: string): Handler => {
      const byQuery: Handler = (request, response) => {
        const asked = new URL(request.url!, 'http://a').searchParams.get('name');
        const found = asked === null ? [card, { ...card, name: 'Other' }] : [{ ...card, name }];
        cards(...found)(request, response);
      };
      return byQuery;
    };
    expect((await readProfile(named('ada'))).sections.user.values.firstName).toBe('ada');
    expect(server.requests.at(-1)?.url).toBe(`${path}?page=1&size=2&name=ada`);
    await server.close();
    const { sections } = await readProfile(named('ada and others'));
    expect(sections.user.values).toMatchObject({ firstName: '', username: 'ada' });
    expect(sections.user.access.firstName).toEqual({ kind: 'not-offered' });
    expect(sections.contact.access.email).toEqual({ kind: 'not-offered' });
  });
});

describe('R2 R10 · what is no WACM at an address', () => {
  it.each<[string, Handler, string]>([
    ['nothing wrong', failure(401), 'done'],
    ['somebody else who asks for a name', json({ message: 'Log in' }, 401), stranger],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['one who lets in everybody', cards(card), stranger],
    ['nothing there', failure(404), stranger],
  ])('%s', async (_case, handler, expected) => {
    await open(handler);
    expect(await outcomeOf(() => provider.describe(`${server.address}/login`))).toBe(expected);
  });
});
