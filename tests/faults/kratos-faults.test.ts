import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderAccount } from '../../electron/services/provider/provider.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Handler } from './fault-server.ts';
import { halfBody, reply } from './faults.ts';
import {
  form,
  identity,
  json,
  node,
  provider,
  refusal,
  serveKratos,
  session,
  settings,
  stranger,
  textNode,
} from './kratos-routes.ts';
import { outcomeOf, toSnapshot, wrongShape, type RouteServer } from './serve-routes.ts';

let server: RouteServer;
afterEach(() => server.close());

async function open(broken: Readonly<Record<string, Handler>>): Promise<ProviderAccount> {
  server = await serveKratos(broken);
  const renewed = () => Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' }));
  return provider.open(server.address, { scopes: null, accessToken: () => Promise.resolve('t1'), renewed });
}

async function readProfile(broken: Readonly<Record<string, Handler>>) {
  return toSnapshot((await (await open(broken)).readAccount()).profile!);
}

const over = 'unauthenticated (session-ended)';

describe('D2 R8 · the person that a broken or hostile Kratos sends', () => {
  const whoami = (more: object) => json({ ...session, identity: { ...identity, ...more } });
  it.each<[string, Handler, string]>([
    ['nothing wrong', whoami({}), 'done'],
    ['more than we know', whoami({ shoeSize: 42, ['__proto__']: { id: 'root' } }), 'done'],
    ['no time of its making', whoami({ created_at: null }), 'done'],
    ['a time that is none', whoami({ created_at: 'yesterday' }), 'done'],
    ['another kind of value than its schema says', whoami({ traits: { email: 7, seats: 'many', tags: 'a' } }), 'done'],
    ['an e-mail of 10,001 characters', whoami({ traits: { email: 'x'.repeat(10_001) } }), 'done'],
    ['no traits', whoami({ traits: 'none' }), wrongShape],
    ['no id', whoami({ id: undefined }), wrongShape],
    ['half an answer', halfBody, 'untrusted-answer (cut-short)'],
    ['a page', reply('<html>', { 'Content-Type': 'text/html' }), 'untrusted-answer (not-json)'],
    ['a session that is over', refusal(401), over],
    ['a session that lacks its second step', refusal(403, 'session_aal2_required'), over],
    ['a 401 of something between', reply('Proxy', { 'Content-Type': 'text/plain' }, 401), stranger],
    ['a 403 of something between', json({ message: 'blocked' }, 403), stranger],
    ['a fault without a word', json({}, 500), 'server-fault'],
  ])('%s', async (_case, handler, expected) => {
    expect(await outcomeOf(() => readProfile({ 'GET /sessions/whoami': handler }))).toBe(expected);
  });

  it('shows no value of another kind than its schema says', async () => {
    const traits = { seats: 'many', newsletter: 1, website: 7, department: 'Sales' };
    const { sections } = await readProfile({ 'GET /sessions/whoami': whoami({ traits }) });
    const shown = sections.more.fields.map(({ id }) => id);
    expect(shown.filter((id) => id in traits)).toEqual(['department']);
  });

  it('has nothing to do where a second step is missing for the settings alone', async () => {
    const { operations } = await readProfile({
      'GET /self-service/settings/api': refusal(403, 'session_aal2_required'),
    });
    expect(Object.keys(operations)).toEqual(['sessions.close', 'sessions.closeOthers']);
  });
});

describe('D2 R3 R8 · the schema that a broken or hostile Kratos sends', () => {
  const schema = (properties: object) => json({ properties: { traits: { type: 'object', properties } } });
  const deep = (levels: number): object =>
    levels === 0 ? { type: 'string' } : { type: 'object', properties: { a: deep(levels - 1) } };
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`t${index}`, { type: 'string' }]));
  const idsOf = async (properties: object) =>
    (await readProfile({ 'GET /schemas/person': schema(properties) })).sections.more.fields.map(({ id }) => id);

  it.each<[string, object, string[]]>([
    [
      'names that are none',
      { 'a.b': { type: 'string' }, 'with blank': { type: 'string' }, _x: { type: 'string' } },
      [],
    ],
    ['names that every object has', { constructor: { type: 'string' }, toString: { type: 'string' } }, []],
    ['kinds that nobody can fill in', { a: {}, b: { type: 'null' }, c: { type: ['string'] }, d: 'text', e: null }, []],
    ['lists of anything else', { a: { type: 'array' }, b: { type: 'array', items: { type: 'object' } } }, []],
    ['objects in objects', { a: deep(3), b: deep(50) }, ['a.a.a.a']],
    ['limits that are none', { a: { type: 'string', maxLength: 'x', minLength: -1, enum: 'x', title: 7 } }, ['a']],
  ])('%s', async (_case, properties, expected) => {
    expect(await idsOf(properties)).toEqual(expected);
  });

  it('more than can be shown', async () => {
    expect(await idsOf(many)).toHaveLength(200);
    const choices = Array.from({ length: 1_001 }, (_, index) => `c${index}`);
    const { sections } = await readProfile({ 'GET /schemas/person': schema({ a: { type: 'string', enum: choices } }) });
    expect(sections.more.fields).toMatchObject([{ id: 'a', kind: 'text', choices: [] }]);
  });

  it.each<[string, Handler, string]>([
    ['no traits', json({ properties: {} }), wrongShape],
    ['nothing of that name', refusal(404), 'not-offered'],
  ])('%s', async (_case, handler, expected) => {
    expect(await outcomeOf(() => readProfile({ 'GET /schemas/person': handler }))).toBe(expected);
  });
});

describe('D2 R8 · the forms that a broken or hostile Kratos sends', () => {
  const secret = (value: unknown) => json(form([textNode('totp_secret_key', { secret: value })]));
  const codes = (secrets: unknown) => json(form([textNode('lookup_secret_codes', { secrets })]));
  const revealing = { 'GET /self-service/settings/api': json(form([node('lookup_secret', 'lookup_secret_reveal')])) };

  it.each<[string, Readonly<Record<string, Handler>>, (account: ProviderAccount) => Promise<unknown>, string]>([
    ['nothing to fill in', { 'GET /self-service/settings/api': json(form(null)) }, (at) => at.mfaStatus(), 'done'],
    ['no form', { 'GET /self-service/settings/api': json({}) }, (at) => at.mfaStatus(), wrongShape],
    [
      'nodes without a name',
      { 'GET /self-service/settings/api': json(form([{ group: 'totp', attributes: {} }])) },
      (at) => at.mfaStatus(),
      'done',
    ],
    [
      'no end',
      { 'GET /self-service/settings/api': json({ ...settings, expires_at: null }) },
      (at) => at.beginEnrolment(),
      'done',
    ],
    [
      'a secret that is none',
      { 'GET /self-service/settings/api': secret('not base32') },
      (at) => at.beginEnrolment(),
      wrongShape,
    ],
    [
      'a secret that is a number',
      { 'GET /self-service/settings/api': secret(7) },
      (at) => at.beginEnrolment(),
      wrongShape,
    ],
    [
      'codes',
      { ...revealing, 'POST /self-service/settings': codes([{ context: { secret: 'abcd1234' } }]) },
      (at) => at.recoveryCodes(),
      'done',
    ],
    [
      'no codes',
      { ...revealing, 'POST /self-service/settings': json(form([])) },
      (at) => at.recoveryCodes(),
      wrongShape,
    ],
    [
      'a code of 41 characters',
      { ...revealing, 'POST /self-service/settings': codes([{ context: { secret: 'x'.repeat(41) } }]) },
      (at) => at.recoveryCodes(),
      wrongShape,
    ],
    ['no set', {}, (at) => at.recoveryCodes(), 'not-found'],
    [
      'a page to go on with',
      { 'POST /self-service/settings': refusal(422, 'browser_location_change_required') },
      (at) => at.turnOffMfa(),
      'done',
    ],
  ])('%s', async (_case, broken, act, expected) => {
    const account = await open(broken);
    expect(await outcomeOf(() => act(account))).toBe(expected);
  });

  it('opens another form where one is too old, and sends what was filled in once more', async () => {
    let sent = 0;
    const tooOld: Handler = (request, response) => {
      sent += 1;
      (sent === 1
        ? refusal(410, 'self_service_flow_expired')
        : json(form([textNode('lookup_secret_codes', { secrets: [{ context: { secret: 'abcd1234' } }] })])))(
        request,
        response,
      );
    };
    const account = await open({ ...revealing, 'POST /self-service/settings': tooOld });
    expect((await account.recoveryCodes()).codes).toEqual([{ code: 'abcd1234', isUsed: false }]);
    expect(sent).toBe(2);
  });

  it('E12 ends a session that a proof began for somebody else', async () => {
    const account = await open({
      'POST /self-service/login': json({ session_token: 'of somebody else', session: { ...session, id: 's9' } }),
      'DELETE /self-service/logout/api': (_request, response) => response.writeHead(204).end(),
    });
    const proof = { kind: 'password', password: 'x' } as const;
    expect(await outcomeOf(() => account.reauthenticate(proof))).toBe(over);
    const ended = server.requests.find(({ method }) => method === 'DELETE');
    expect(ended?.headers['x-session-token']).toBe('of somebody else');
  });
});

describe('D2 E8 R8 · the sessions that a broken or hostile Kratos sends', () => {
  it.each<[string, unknown, string]>([
    ['none', [], 'done'],
    ['this one among them, and one twice', [session, { id: 's2' }, { id: 's2' }], 'done'],
    ['times that are none', [{ id: 's2', expires_at: 'soon', authenticated_at: 'x' }], 'done'],
    ['an agent of 10,001 characters', [{ id: 's2', devices: [{ user_agent: 'x'.repeat(10_001) }] }], wrongShape],
    ['no id', [{}], wrongShape],
    ['no list', { sessions: [] }, wrongShape],
  ])('%s', async (_case, body, expected) => {
    const account = await open({ 'GET /sessions': json(body) });
    expect(await outcomeOf(() => account.readSessions())).toBe(expected);
  });

  it('each once, and addresses without a port', async () => {
    const devices = (ip_address: string) => [{ ip_address, user_agent: 'curl' }];
    const others = ['192.0.2.1:50000', '[2001:db8::1]:50000', '2001:db8::2'].map((ip, index) => ({
      id: `o${index}`,
      devices: devices(ip),
    }));
    const account = await open({ 'GET /sessions': json([session, ...others, others[0]]) });
    const found = await account.readSessions();
    expect(found.map(({ id, ipAddress }) => [id, ipAddress])).toEqual([
      ['s1', null],
      ['o0', '192.0.2.1'],
      ['o1', '2001:db8::1'],
      ['o2', '2001:db8::2'],
    ]);
    expect(found.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  });

  it('a list without an end', async () => {
    let id = 0;
    const endless: Handler = (request, response) =>
      json(Array.from({ length: 250 }, () => ({ id: `s${(id += 1)}` })))(request, response);
    const account = await open({ 'GET /sessions': endless });
    expect((await account.readSessions()).length).toBeLessThanOrEqual(10_001);
  });
});
