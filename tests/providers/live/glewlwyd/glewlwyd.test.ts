import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { tryToRun } from '../../../support/ssh-tools.ts';
import { makeTempFolder } from '../../../support/temp-folder.ts';
import { openClient, type GlewlwydClient } from './glewlwyd-client.ts';
import {
  addPerson,
  otp,
  recoveryPlugin,
  seedGlewlwyd,
  setPasswordAge,
  type GlewlwydPerson,
  type SeededGlewlwyd,
} from './seed-glewlwyd.ts';
import { startGlewlwyd, whyNoGlewlwyd, type Glewlwyd } from './start-glewlwyd.ts';

// What the adapter builds upon, asked of the real server by curl: where a later version answers otherwise, this says
// so.

const why = whyNoGlewlwyd();
const hasOathtool = (await tryToRun('oathtool', ['--version'])).code === 0;

const profileSchema = z.tuple([z.looseObject({ username: z.string(), name: z.string(), email: z.string() })]);
const sessionsSchema = z.array(
  z.object({
    user_agent: z.string(),
    issued_for: z.string(),
    expiration: z.int(),
    last_login: z.int(),
    enabled: z.boolean(),
    session_hash: z.string(),
  }),
);

describe.skipIf(why !== undefined)(`R9 a real glewlwyd${why ? ` (skipped: ${why})` : ''}`, () => {
  const folder = makeTempFolder();
  let server: Glewlwyd;
  let seeded: SeededGlewlwyd;

  beforeAll(async () => {
    server = await startGlewlwyd({ folder: folder.path });
    seeded = await seedGlewlwyd(server.address);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  async function signIn({ username, password }: GlewlwydPerson, userAgent?: string): Promise<GlewlwydClient> {
    const client = openClient(server.address, { userAgent });
    expect(await client.signIn(username, password)).toBe(200);
    return client;
  }
  const readProfile = async (client: GlewlwydClient) =>
    profileSchema.parse((await client.request('GET', '/api/profile_list')).body)[0];
  const readSessions = async (client: GlewlwydClient) =>
    sessionsSchema.parse((await client.request('GET', '/api/profile/session')).body);
  const scopeOf = async (client: GlewlwydClient, scope = 'g_profile') =>
    (await client.request('GET', `/api/auth/scheme/?scope=${scope}`)).body;

  it('says what it is, without its version', async () => {
    const { status, body } = await openClient(server.address).request('GET', '/config');
    const scopes = { admin_scope: 'g_admin', profile_scope: 'g_profile' };
    expect({ status, body }).toEqual({
      status: 200,
      body: { api_prefix: 'api', ...scopes, delete_profile: 'yes' },
    });
  });

  it('signs in by name and password, and tells no reason where it does not', async () => {
    const client = openClient(server.address);
    const { username, password } = seeded.ada;
    expect(await client.request('POST', '/api/auth/', { username, password: 'no' })).toEqual({ status: 401, body: '' });
    expect(await client.request('POST', '/api/auth/', { username: 'nobody', password })).toMatchObject({ status: 401 });
    expect(await client.signIn(username, password)).toBe(200);
    expect(client.cookie()).toMatch(/^GLEWLWYD2_SESSION_ID=.{128}$/);
    expect((await client.request('DELETE', '/api/auth/')).status).toBe(200);
    expect((await client.request('GET', '/api/profile_list')).status).toBe(401);
  });

  it('puts a session under the name as it was typed, where its owner does not find it', async () => {
    const { username, password } = await addPerson(seeded.admin, 'Cy Example');
    const client = openClient(server.address);
    expect(await client.signIn(username.toUpperCase(), password)).toBe(200);
    expect(await readProfile(client)).toMatchObject({ username });
    expect(await readSessions(client)).toEqual([]);
  });

  it('lists sessions with a hash of their cookie, ends one, and keeps it in the list', async () => {
    const ours = await signIn(seeded.ada, 'ours');
    const theirs = await signIn(seeded.ada, 'theirs');
    const hash = `{SHA512}${createHash('sha512').update(ours.cookie().split('=')[1]!).digest('base64url')}`;
    const before = await readSessions(ours);
    expect(before.find(({ session_hash }) => session_hash === hash)).toMatchObject({ user_agent: 'ours' });
    const other = before.find(({ user_agent }) => user_agent === 'theirs')!;
    const path = `/api/profile/session/${encodeURIComponent(other.session_hash)}`;
    expect((await ours.request('DELETE', path)).status).toBe(200);
    expect((await theirs.request('GET', '/api/profile_list')).status).toBe(401);
    expect((await readSessions(ours)).find(({ user_agent }) => user_agent === 'theirs')).toEqual({
      ...other,
      enabled: false,
    });
    expect((await ours.request('DELETE', '/api/profile/session/nosuch')).status).toBe(404);
  });

  it('takes the name and the picture, and drops all else in silence, recovery codes too', async () => {
    const person = await addPerson(seeded.admin, 'Di Example');
    const client = await signIn(person);
    const { body: codes } = await client.request('PUT', `/api/${recoveryPlugin}/reset-credentials-code`);
    const [code, next] = z.array(z.string()).length(4).parse(codes);
    const use = (recovery: string) =>
      openClient(server.address).request('POST', `/api/${recoveryPlugin}/reset-credentials-code`, {
        username: person.username,
        code: recovery,
      });
    expect((await use(code!)).status).toBe(200);
    const wanted = { name: 'Di New', picture: 'AAAA', email: 'new@example.org', phone: '1', scope: ['g_admin'] };
    expect(await client.request('PUT', '/api/profile/', wanted)).toEqual({ status: 200, body: '' });
    const { last_login, ...read } = await readProfile(client);
    expect(last_login).toEqual(expect.any(Number));
    const { username, email } = person;
    expect(read).toEqual({ username, name: 'Di New', email, picture: 'AAAA', scope: ['g_profile'], enabled: true });
    expect((await use(next!)).status).toBe(403);
    // What is not said again is gone, but for the name.
    await client.request('PUT', '/api/profile/', {});
    expect(await readProfile(client)).not.toHaveProperty('picture');
    expect(await readProfile(client)).toMatchObject({ name: 'Di New' });
  });

  it('takes any new password by PUT, leaves the other sessions, and does nothing by POST', async () => {
    const person = await addPerson(seeded.admin, 'Ed Example');
    const [client, other] = [await signIn(person), await signIn(person)];
    const change = { old_password: person.password, password: 'x' };
    expect((await client.request('POST', '/api/profile/password', change)).status).toBe(200);
    await signIn(person);
    const wrong = await client.request('PUT', '/api/profile/password', { ...change, old_password: 'no' });
    expect(wrong).toEqual({ status: 400, body: '' });
    expect((await client.request('PUT', '/api/profile/password', change)).status).toBe(200);
    await signIn({ ...person, password: 'x' });
    expect((await other.request('GET', '/api/profile/session')).status).toBe(200);
  });

  it('wants the password again after a while, for all but the profile, and the same session goes on', async () => {
    const client = await signIn(seeded.ada);
    const before = client.cookie();
    const sessions = () => client.request('GET', '/api/profile/session').then(({ status }) => status);
    await setPasswordAge(seeded.admin, 1);
    try {
      await expect.poll(sessions).toBe(401);
      expect(await readProfile(client)).toMatchObject({ username: seeded.ada.username });
      expect(await scopeOf(client)).toMatchObject({ g_profile: { available: true, password_authenticated: false } });
    } finally {
      await setPasswordAge(seeded.admin, 600);
    }
    expect(await client.signIn(seeded.ada.username, seeded.ada.password)).toBe(200);
    expect(await sessions()).toBe(200);
    expect(client.cookie()).toBe(before);
  });

  it('lets a person without the scope of the profile read it, and nothing more', async () => {
    const client = await signIn(seeded.bo);
    expect(await readProfile(client)).toMatchObject({ name: seeded.bo.name });
    expect((await client.request('GET', '/api/profile/session')).status).toBe(401);
    expect(await scopeOf(client)).toMatchObject({ g_profile: { available: false } });
  });

  it.skipIf(!hasOathtool)(
    'registers an authenticator app without a code, and shows its secret to who asks',
    async () => {
      const client = await signIn(seeded.ada);
      const scheme = { username: seeded.ada.username, scheme_type: otp.scheme_type, scheme_name: otp.scheme_name };
      const register = (value: object) =>
        client.request('POST', '/api/profile/scheme/register/', { ...scheme, value }).then(({ status }) => status);
      const state = async () => (await client.request('PUT', '/api/profile/scheme/register/', scheme)).body;
      const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
      expect(await state()).toMatchObject({ type: 'NONE' });
      expect(await register({ type: 'TOTP', secret })).toBe(400);
      expect(await register({ type: 'TOTP', secret, time_step_size: 30 })).toBe(200);
      expect(await state()).toMatchObject({ type: 'TOTP', digits: 6, time_step_size: 30, secret });
      const { output } = await tryToRun('oathtool', ['--totp', '--base32', secret]);
      const prove = () =>
        client
          .request('POST', '/api/auth/', { ...scheme, value: { value: output.trim() } })
          .then(({ status }) => status);
      expect([await prove(), await prove()]).toEqual([200, 401]);
      const [found] = z
        .object({ [otp.scope]: z.object({ schemes: z.object({ app: z.array(z.looseObject({})) }) }) })
        .parse(await scopeOf(client, otp.scope))[otp.scope]!.schemes.app;
      expect(found).toMatchObject({ scheme_registered: true, scheme_authenticated: true });
      expect(await register({ type: 'NONE' })).toBe(200);
      expect(await state()).toMatchObject({ type: 'NONE' });
    },
  );

  it('deletes the account where its configuration lets people do so', async () => {
    const person = await addPerson(seeded.admin, 'Flo Example');
    const client = await signIn(person);
    expect((await client.request('DELETE', '/api/profile/')).status).toBe(200);
    expect((await client.request('GET', '/api/profile_list')).status).toBe(401);
    expect(await openClient(server.address).signIn(person.username, person.password)).toBe(401);
  });
});
