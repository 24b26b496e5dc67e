import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset, presets } from '../presets/presets.ts';
import { challenge, createAuthenticator, enrol } from '../testing/authenticator.ts';
import { startTestServer, type RequestOptions, type TestServer } from '../testing/test-server.ts';

interface OpenApi {
  readonly openapi: string;
  readonly components: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly summary?: string;
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

let test: TestServer;
let api: OpenApi;
async function start(preset?: string): Promise<void> {
  test = await startTestServer(preset === undefined ? undefined : findPreset(preset));
  api = (await test.request<OpenApi>('GET', '/openapi.json')).body;
}
beforeEach(() => start());
afterEach(() => test.close());

/** A judge that is not the maker of the schemas. */
function judge(schema: object) {
  // Formats are zod's patterns as well, so nothing is lost by leaving their names alone.
  return new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile({
    ...schema,
    components: api.components,
  });
}

const instantIn = (seconds: number) => new Date(test.now() + seconds * 1000).toISOString();

/** `path` as described; its parameters are put in from `parameters`. */
async function call(
  method: string,
  path: string,
  options?: RequestOptions,
  parameters: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { status, headers, body } = await test.request(
    method,
    path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? ''),
    options,
  );
  const operation = api.paths[path]?.[method.toLowerCase()];
  const described = operation?.responses[String(status)] ?? operation?.responses[`${String(status)[0] ?? ''}XX`];
  expect(described, `${method} ${path} does not describe ${String(status)}`).toBeDefined();
  if (body === undefined) {
    expect(described?.content).toBeUndefined();
    return status;
  }
  const media = described?.content?.[(headers.get('content-type') ?? '').split(';')[0] ?? ''];
  expect(media, `${method} ${path} ${String(status)} has another media type`).toBeDefined();
  const validate = judge(media?.schema ?? {});
  expect(validate(body) ? [] : validate.errors).toEqual([]);
  return status;
}

describe('E13 OpenAPI', () => {
  it('is version 3.1 and describes every route', () => {
    expect(api.openapi).toBe('3.1.0');
    const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.sort()).toEqual([
      'delete /auth/reauth',
      'delete /me',
      'delete /me/api-key',
      'delete /me/email-change',
      'delete /me/identity-keys/{id}',
      'delete /me/mfa',
      'delete /me/mfa/devices/{id}',
      'get /auth/reauth',
      'get /me',
      'get /me/api-key',
      'get /me/avatar',
      'get /me/contact',
      'get /me/deletion',
      'get /me/email-change',
      'get /me/identity-keys',
      'get /me/mfa',
      'get /me/mfa/recovery-codes',
      'get /me/notifications',
      'get /me/sessions',
      'get /meta',
      'patch /me',
      'patch /me/avatar',
      'patch /me/contact',
      'patch /me/identity-keys/{id}',
      'patch /me/notifications',
      'post /auth/password-reset',
      'post /auth/password-reset/{token}',
      'post /auth/reauth',
      'post /auth/refresh',
      'post /auth/sign-in',
      'post /auth/sign-in/code',
      'post /auth/sign-out',
      'post /me/api-key',
      'post /me/api-key/rotate',
      'post /me/email-change/mail',
      'post /me/identity-keys',
      'post /me/identity-keys/{id}/challenge',
      'post /me/identity-keys/{id}/verify',
      'post /me/mfa/recovery-codes',
      'post /me/mfa/totp',
      'post /me/mfa/totp/confirm',
      'post /me/password',
      'post /me/password-reset',
      'post /me/sessions/close',
      'post /me/sessions/close-others',
    ]);
    const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));
    for (const { summary, operationId } of operations)
      expect([summary, operationId]).toEqual([expect.any(String), expect.stringMatching(/^[a-z][A-Za-z]+$/)]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(api.paths['/me/api-key/rotate']?.['post']?.operationId).toBe('postMeApiKeyRotate');
  });

  it.each(presets)('names every call of $id by what it does for the reader, each differently', async ({ id }) => {
    await test.close();
    await start(id);
    const summaries = Object.values(api.paths).flatMap((methods) =>
      Object.values(methods).map(({ summary }) => summary),
    );
    const verbs =
      /^(?:Add|Begin|Change|Close|Confirm|Delete|End|Finish|Generate|Link|List|Make|Read|Remove|Rename|Renew|Replace|Send|Set|Show|Sign|Turn|Unlink|Use|Verify)\b[^.;:]{4,60}$/;
    for (const summary of summaries) expect(summary).toMatch(verbs);
    expect(summaries.filter((summary) => / own (?!for)/.test(summary ?? ''))).toEqual([]);
    expect(new Set(summaries).size).toBe(summaries.length);
  });

  it('says what a patch must look like and where a token is needed', () => {
    const patch = api.paths['/me']?.['patch'];
    expect(Object.keys(patch?.requestBody?.content ?? {})).toEqual(['application/merge-patch+json']);
    expect(patch?.security).toEqual([{ bearer: [] }]);
  });

  it('has a schema that refuses what is no answer', () => {
    const schema = api.paths['/me']?.['get']?.responses['200']?.content?.['application/json']?.schema ?? {};
    expect(judge(schema)({ firstName: 'only' })).toBe(false);
  });

  it('is true of real answers, right and wrong ones', async () => {
    const { accessToken: token, refreshToken } = await test.signIn();
    const etag = (await test.request('GET', '/me', { token })).headers.get('etag') ?? '';
    const credentials = { identifier: test.identifier, password: test.password };
    const image = `data:image/jpeg;base64,${Buffer.from([0xff, 0xd8, 0xff]).toString('base64')}`;
    const any = { token, headers: { 'if-match': '*' } };
    const statuses = [
      await call('GET', '/meta'),
      await call('GET', '/meta', { token }),
      await call('GET', '/me', { token }),
      await call('GET', '/me', { token, headers: { 'if-none-match': etag } }),
      await call('GET', '/me'),
      await call('PATCH', '/me', { ...any, body: { firstName: 'مريم' } }),
      await call('PATCH', '/me', { token, body: {} }),
      await call('PATCH', '/me', { token, headers: { 'if-match': '"old"' }, body: {} }),
      await call('PATCH', '/me', { ...any, body: { role: 'x' } }),
      await call('PATCH', '/me', { ...any, body: { firstName: 'x'.repeat(101) } }),
      await call('PATCH', '/me', { token, headers: { 'content-type': 'text/plain' }, body: 'x' }),
      await call('GET', '/me/contact', { token }),
      await call('PATCH', '/me/contact', { ...any, body: { phone: null } }),
      await call('PATCH', '/me/avatar', { ...any, body: { image } }),
      await call('GET', '/me/avatar', { token }),
      await call('GET', '/me/sessions', { token }),
      await call('GET', '/me/notifications', { token }),
      await call('PATCH', '/me/notifications', { ...any, body: { dailyReport: true } }),
      await call('PATCH', '/me/notifications', { ...any, body: { thresholds: [{ percent: 0, byMail: true }] } }),
      await call('POST', '/auth/refresh', { body: { refreshToken } }),
      await call('POST', '/auth/refresh', { body: { refreshToken } }),
      await call('POST', '/auth/sign-out', { token }),
    ];
    expect(statuses).toEqual([
      200, 200, 200, 304, 401, 200, 428, 412, 403, 422, 415, 200, 200, 200, 200, 200, 200, 200, 422, 200, 401, 204,
    ]);

    await enrol(test, (await test.signIn()).accessToken);
    expect(await call('POST', '/auth/sign-in', { body: credentials })).toBe(200);
    expect(await call('POST', '/auth/sign-in/code', { body: { challenge: 'x', code: '000000' } })).toBe(401);
    for (let count = 0; count < 5; count += 1)
      expect(await call('POST', '/auth/sign-in', { body: { ...credentials, password: 'x' } })).toBe(401);
    expect(await call('POST', '/auth/sign-in', { body: credentials })).toBe(429);
  });

  it('is true of the routes that protect the account', async () => {
    const { accessToken: token } = await test.signIn();
    const { app, recoveryCodes } = await enrol(test, (await test.signIn()).accessToken);
    const begun = await test.request('POST', '/me/mfa/totp', { token });
    const second = createAuthenticator(test, String(begun.body['secret']));
    const { devices } = (await test.request<{ devices: { id: string }[] }>('GET', '/me/mfa', { token })).body;
    const statuses = [
      await call('GET', '/auth/reauth', { token }),
      await call('POST', '/auth/reauth', { token, body: { password: test.password } }),
      await call('POST', '/auth/reauth', { token, body: { recoveryCode: recoveryCodes?.[0] } }),
      await call('POST', '/auth/reauth', { token, body: { code: 'wrong' } }),
      await call('POST', '/auth/reauth', { token, body: {} }),
      await call('POST', '/auth/sign-in/code', { body: { challenge: await challenge(test), code: app.code(30) } }),
      await call('GET', '/me/mfa', { token }),
      await call('POST', '/me/mfa/totp/confirm', {
        token,
        body: { enrolment: begun.body['enrolment'], code: 'wrong', name: '' },
      }),
      await call('POST', '/me/mfa/totp/confirm', {
        token,
        body: { enrolment: begun.body['enrolment'], code: second.code(), name: '' },
      }),
      await call('POST', '/me/mfa/totp', { token }),
      await call('GET', '/me/mfa/recovery-codes', { token }),
      await call('POST', '/me/mfa/recovery-codes', { token }),
      await call('DELETE', '/me/mfa/devices/{id}', { token }, { id: devices[0]?.id ?? '' }),
      await call('DELETE', '/me/mfa/devices/{id}', { token }, { id: 'unknown' }),
      await call('DELETE', '/me/mfa', { token }),
      await call('POST', '/me/sessions/close', { token, body: { ids: [crypto.randomUUID()] } }),
      await call('POST', '/me/sessions/close', { token, body: { ids: [] } }),
      await call('POST', '/me/sessions/close-others', { token }),
      await call('POST', '/me/password', { token, body: { current: 'x', next: 'y', endOtherSessions: true } }),
      await call('POST', '/me/password', {
        token,
        body: { current: test.password, next: 'correct horse battery', endOtherSessions: true },
      }),
      await call('POST', '/me/password-reset', { token }),
      await call('POST', '/auth/password-reset', { body: { identifier: 'nobody' } }),
      await call(
        'POST',
        '/auth/password-reset/{token}',
        { body: { next: 'correct horse battery' } },
        { token: 'unknown' },
      ),
      await call('DELETE', '/auth/reauth', { token }),
      await call('PATCH', '/me', { token, headers: { 'if-match': '*' }, body: {} }),
    ];
    expect(statuses).toEqual([
      200, 200, 200, 401, 422, 200, 200, 401, 200, 200, 200, 200, 200, 404, 200, 200, 422, 200, 422, 200, 202, 202, 404,
      200, 200,
    ]);
  });

  it('is true of the keys for programs, and of the end of the account', async () => {
    await test.close();
    await start('platform');
    const { accessToken: token } = await test.signIn();
    const once = { token, body: {}, headers: { 'idempotency-key': 'k' } };
    const { secret } = (await test.request<{ secret: string }>('POST', '/me/api-key', { token, body: {} })).body;
    const statuses = [
      await call('GET', '/me', { token: secret }),
      await call('GET', '/me/api-key', { token: secret }),
      await call('POST', '/me/api-key', once),
      await call('POST', '/me/api-key', once),
      await call('POST', '/me/api-key', { token, body: { expiresAt: instantIn(60) } }),
      await call('POST', '/me/api-key/rotate', { token }),
      await call('GET', '/me/api-key', { token }),
      await call('POST', '/me/api-key/reveal', { token }),
      await call('DELETE', '/me/api-key', { token }),
      await call('DELETE', '/me/api-key', { token }),
      await call('GET', '/me', { token: secret }),
      await call('GET', '/me/deletion', { token }),
      await call('DELETE', '/me', { token, body: { email: 'x' } }),
      await call('DELETE', '/me', { token, body: { email: test.identifier } }),
    ];
    expect(statuses).toEqual([200, 403, 201, 409, 422, 201, 200, 200, 204, 404, 401, 200, 422, 204]);
  });

  it('describes what another preset offers instead', async () => {
    await test.close();
    await start('contact-center');
    const own = Object.keys(api.paths).filter((path) => path.startsWith('/me/mfa'));
    expect(own.sort()).toEqual(['/me/mfa', '/me/mfa/devices/{id}', '/me/mfa/secret']);
    const { accessToken: token } = await test.signIn();
    const secret = 'JBSWY3DPEHPK3PXP';
    const body = { secret, type: 'totp', name: '', code: createAuthenticator(test, secret).code() };
    const statuses = [
      await call('PUT', '/me/mfa/secret', { token, body }),
      await call('POST', '/auth/reauth', { token, body: { password: test.password } }),
      await call('PUT', '/me/mfa/secret', { token, body }),
      await call('PUT', '/me/mfa/secret', { token, body: { ...body, secret: '1' } }),
    ];
    expect(statuses).toEqual([403, 200, 200, 422]);
    const { key, secret: password } = (
      await test.request<{ key: { id: string }; secret: string }>('POST', '/me/access-keys', { token, body: {} })
    ).body;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const ofKeys = [
      await call('POST', '/me/access-keys', { token, body: { name: 'x' } }),
      await call('GET', '/me/access-keys', { token }),
      await call(
        'PATCH',
        '/me/access-keys/{id}',
        { token, headers: { 'if-match': '*' }, body: { isActive: true } },
        key,
      ),
      await call('POST', '/auth/token', {
        headers: form,
        body: `grant_type=password&username=${key.id}&password=${password}`,
      }),
      await call('POST', '/auth/token', { headers: form, body: 'grant_type=other' }),
      await call('DELETE', '/me/access-keys/{id}', { token }, key),
    ];
    expect(ofKeys).toEqual([201, 200, 200, 200, 422, 204]);
    expect(await call('GET', '/me/workplace', { token })).toBe(200);
    expect(
      await call('PATCH', '/me/workplace', {
        token,
        headers: { 'if-match': '*' },
        body: { wfmNotifications: true, wfmInterval: 5 },
      }),
    ).toBe(200);
  });
});
