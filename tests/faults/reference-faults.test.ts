import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { createReferenceProvider } from '../../electron/services/provider/reference/create-reference-provider.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { profileSnapshotSchema } from '../../shared/contract/account/profile.ts';
import { serveHttp, type FaultServer, type Handler } from './fault-server.ts';
import { reply } from './faults.ts';

const user = {
  id: 'p1',
  firstName: 'Ada',
  lastName: '',
  username: 'ada',
  role: 'Owner',
  company: '',
  registeredAt: '2024-05-01T12:00:00Z',
};
const contact = {
  email: '',
  phone: '',
  addressLine1: '',
  addressLine2: '',
  city: '',
  state: '',
  postalCode: '',
  country: '',
};
const record = (value: object, etag: string | string[] = '"1"') => reply(JSON.stringify(value), { ETag: etag });
const healthy: Record<string, Handler> = {
  '/meta': reply('{"name":"Test","fields":{"user":{"firstName":{"access":"editable"}}}}'),
  '/me': record(user),
  '/me/contact': record(contact),
  '/me/avatar': record({ image: null }),
};

let server: FaultServer;
afterEach(() => server.close());

const provider = createReferenceProvider({ clock: createSystemClock(), version: '1.0.0' });
const tokens = { scopes: null, accessToken: () => Promise.resolve('a1'), renewed: () => Promise.resolve('a2') };

/** A server that is well but for these paths. */
async function open(broken: Record<string, Handler>): Promise<ProviderAccount> {
  const missing = reply('{"code":"not-found"}', {}, 404);
  server = await serveHttp((request, response) =>
    ({ ...healthy, ...broken }[request.url ?? ''] ?? missing)(request, response),
  );
  return provider.open(server.address, tokens);
}

async function read(broken: Record<string, Handler>): Promise<string> {
  try {
    const reading = await (await open(broken)).readProfile();
    profileSnapshotSchema.parse({
      accountId: 'c1',
      source: 'provider',
      takenAt: '2026-01-01T00:00:00Z',
      sequence: 1,
      offers: [],
      ...reading,
    });
    return 'read';
  } catch (error) {
    return error instanceof AppError ? error.message : `untyped: ${String(error)}`;
  }
}

const offers = reply('{"name":"x","capabilities":{"notifications.read":"offered","workplace.read":"offered"}}');
const notifications = {
  quotaAlerts: true,
  thresholds: [{ percent: 80, byMail: true }],
  dailyReport: false,
  sentTo: '',
};
const workplace = {
  dialingPattern: '',
  wfmNotifications: false,
  wfmInterval: 10,
  choices: { dialingPattern: [{ id: 'n', name: 'North' }] },
};
const full = { '/meta': offers, '/me/notifications': record(notifications), '/me/workplace': record(workplace) };

const wrongShape = 'untrusted-answer (wrong-shape)';

describe('W1 D2 · a profile that a broken or hostile server sends', () => {
  it.each<[string, Record<string, Handler>, string]>([
    ['nothing wrong', {}, 'read'],
    ['more fields than we know', { '/me': record({ ...user, shoeSize: 42, ['__proto__']: { role: 'Root' } }) }, 'read'],
    ['a name of 10,000 characters', { '/me': record({ ...user, firstName: 'x'.repeat(10_000) }) }, 'read'],
    ['a name of 10,001 characters', { '/me': record({ ...user, firstName: 'x'.repeat(10_001) }) }, wrongShape],
    ['a name that is a number', { '/me': record({ ...user, firstName: 7 }) }, wrongShape],
    ['no e-mail field', { '/me/contact': record({ ...contact, email: undefined }) }, wrongShape],
    ['a date that is none', { '/me': record({ ...user, registeredAt: 'yesterday' }) }, wrongShape],
    ['a date no calendar has', { '/me': record({ ...user, registeredAt: '2024-02-31T00:00:00Z' }) }, wrongShape],
    ['a picture from the network', { '/me/avatar': record({ image: 'https://evil.example/p.png' }) }, wrongShape],
    [
      'a picture that is a script',
      { '/me/avatar': record({ image: 'data:image/svg+xml;base64,PHN2Zz4=' }) },
      wrongShape,
    ],
    ['a name of the provider of 1 MB', { '/meta': reply(`{"name":"${'x'.repeat(1_000_000)}"}`) }, wrongShape],
    ['rights that are a list', { '/meta': reply('{"name":"x","fields":[]}') }, wrongShape],
    [
      'rights over fields we do not know',
      { '/meta': reply('{"name":"x","fields":{"__proto__":{"a":{"access":"editable"}},"shoe":{}}}') },
      'read',
    ],
    [
      'a permission of 201 characters',
      {
        '/meta': reply(
          `{"name":"x","fields":{"user":{"role":{"access":"read-only","permission":"${'x'.repeat(201)}"}}}}`,
        ),
      },
      wrongShape,
    ],
    ['no ETag', { '/me': reply(JSON.stringify(user)) }, wrongShape],
    ['an ETag without quotes', { '/me': record(user, 'abc') }, wrongShape],
    ['an ETag of 1,000 characters', { '/me': record(user, `"${'x'.repeat(1_000)}"`) }, wrongShape],
    ['a weak ETag', { '/me': record(user, 'W/"1"') }, 'read'],
    ['two ETags', { '/me': record(user, ['"1"', '"2"']) }, 'read'],
    [
      'a 404 that is no problem of this API',
      { '/me/avatar': reply('{}', {}, 404) },
      'untrusted-answer (not-a-profile-service)',
    ],
    ['a 404 of this API', { '/me/avatar': reply('{"code":"not-found"}', {}, 404) }, 'not-found'],
    ['notifications and a workplace', full, 'read'],
    [
      'a section that is called offered and is gone',
      { ...full, '/me/workplace': reply('{"code":"not-found"}', {}, 404) },
      'not-found',
    ],
    [
      'a threshold that is a text',
      { ...full, '/me/notifications': record({ ...notifications, thresholds: [{ percent: '80', byMail: true }] }) },
      wrongShape,
    ],
    [
      'more thresholds than anybody has',
      {
        ...full,
        '/me/notifications': record({ ...notifications, thresholds: Array(101).fill({ percent: 1, byMail: true }) }),
      },
      wrongShape,
    ],
    [
      'choices that are no list',
      { ...full, '/me/workplace': record({ ...workplace, choices: { dialingPattern: {} } }) },
      wrongShape,
    ],
    ['a fault in one record', { '/me/contact': reply('{}', {}, 500) }, 'server-fault'],
  ])('%s', async (_fault, broken, outcome) => {
    expect(await read(broken)).toBe(outcome);
  });

  it.each([
    [
      'a token that would break the header',
      '{"status":"signed-in","accessToken":"a\\r\\nX: y","refreshToken":"r","expiresIn":600}',
    ],
    ['an empty token', '{"status":"signed-in","accessToken":"","refreshToken":"r","expiresIn":600}'],
    ['a life of minus one second', '{"status":"signed-in","accessToken":"a","refreshToken":"r","expiresIn":-1}'],
    ['a life beyond the calendar', '{"status":"signed-in","accessToken":"a","refreshToken":"r","expiresIn":1e300}'],
    ['a step that we do not know', '{"status":"dance"}'],
  ])('a sign-in answered with %s', async (_fault, body) => {
    await open({ '/auth/sign-in': reply(body) });
    await expect(provider.signIn(server.address, { identifier: 'a', password: 'b' })).rejects.toThrow(wrongShape);
  });

  it('a token that is refused again ends it: no third try', async () => {
    const seen: (string | undefined)[] = [];
    const refuse = reply('{"code":"token-expired"}', {}, 401);
    const account = await open({
      '/meta': (request, response) => (seen.push(request.headers.authorization), refuse(request, response)),
    });
    await expect(account.linkedAccounts()).rejects.toThrow('unauthenticated (session-ended)');
    expect(seen).toEqual(['Bearer a1', 'Bearer a2']);
  });

  it('a refusal that is not about the token leaves the token alone', async () => {
    const seen: (string | undefined)[] = [];
    const refuse = reply('{"code":"wrong-credentials"}', {}, 401);
    const account = await open({
      '/meta': (request, response) => (seen.push(request.headers.authorization), refuse(request, response)),
    });
    await expect(account.linkedAccounts()).rejects.toThrow('unauthenticated (wrong-credentials)');
    expect(seen).toEqual(['Bearer a1']);
  });
});
