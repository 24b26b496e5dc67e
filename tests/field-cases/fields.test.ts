import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';

let test: TestServer;
let token: string;

beforeAll(async () => {
  test = await startTestServer();
  token = (await test.signIn()).accessToken;
});
afterAll(() => test.close());

const patch = (path: string, body: unknown) =>
  test.request<Record<string, unknown>>('PATCH', path, { token, body, headers: { 'if-match': '*' } });

describe('W8 what is typed into the profile, at the service', () => {
  it.each([
    ['P2', '\uff0b81 3 1234 5678', '', '+81312345678'],
    ['P2', '\uff0b\uff18\uff11\uff0d3\uff0d1234\uff0d5678', '', '+81312345678'],
    ['P3', '044 123 456', 'XK', '+38344123456'],
  ])('%s: the phone number %j in country %j is %s', async (_id, phone, country, number) => {
    const { status, body } = await patch('/me/contact', { phone, country });
    expect([status, body['country'], String(body['phone']).replaceAll(' ', '')]).toEqual([200, country, number]);
  });

  it.each(['mara@ex\u00adample.org', '\uff4d\uff41\uff52\uff41@example.org', 'mara@example\u3002org'])(
    'P4: %j is asked to confirm as it looks',
    async (email) => {
      expect((await patch('/me/contact', { email })).status).toBe(200);
      const { body } = await test.request('GET', '/me/email-change', { token });
      expect(body['pending']).toMatchObject({ email: 'mara@example.org' });
    },
  );

  it('P4: an address signs in as it looks', async () => {
    const [name = '', domain = ''] = test.identifier.split('@');
    for (const typed of [
      `${name}\u200b@${domain}`,
      `${name}\uff20${domain}`,
      `${name}@${domain.replace('.', '\u3002')}`,
    ])
      expect((await test.trySignIn(test.password, typed)).status, typed).toBe(200);
  });

  it.each(['mara\u200b@example.org', 'mara\u2060@example.org', 'mara\u200e@example.org'])(
    'P4: %j is refused: it would look like another',
    async (email) => {
      const { status, body } = await patch('/me/contact', { email });
      expect([status, body['errors']]).toEqual([422, [{ field: 'email', code: 'control-characters' }]]);
    },
  );

  it.each(['\u200b', '\u2800', '\u3164', '\u061c', '\u00ad', '\u2060'])(
    'P5: %j is no first name: nothing of it is seen',
    async (firstName) => {
      const { status, body } = await patch('/me', { firstName });
      expect([status, body['errors']]).toEqual([422, [{ field: 'firstName', code: 'required' }]]);
    },
  );
});
