import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../presets/presets.ts';
import { changeEmail } from '../../testing/mails.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
let token: string;

async function start(preset?: string): Promise<void> {
  test = await startTestServer(preset === undefined ? undefined : findPreset(preset));
  token = (await test.signIn()).accessToken;
}

const get = (path: string, headers = {}) => test.request('GET', path, { token, headers });
const patch = (path: string, body: unknown, etag = '*') =>
  test.request('PATCH', path, { token, body, headers: { 'if-match': etag } });
const etagOf = async (path: string) => (await get(path)).headers.get('etag') ?? '';

describe('W4 W8 E2 own records', () => {
  beforeEach(() => start());
  afterEach(() => test.close());

  it('are read with a strong ETag and not sent twice', async () => {
    for (const path of ['/me', '/me/contact', '/me/avatar']) {
      const { status, headers } = await get(path);
      const etag = headers.get('etag') ?? '';
      expect(status).toBe(200);
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      const again = await get(path, { 'if-none-match': `"other", W/${etag}` });
      expect([again.status, again.body]).toEqual([304, undefined]);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('change by merge patch: only what is named, null empties', async () => {
    const before = await get('/me/contact');
    const after = await patch('/me/contact', { city: 'Uppsala', addressLine2: null }, before.headers.get('etag') ?? '');
    expect(after.status).toBe(200);
    expect(after.body).toEqual({ ...before.body, city: 'Uppsala', addressLine2: '' });
    const read = await get('/me/contact');
    expect([read.body, read.headers.get('etag')]).toEqual([after.body, after.headers.get('etag')]);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  it('keep every right name, in any script', async () => {
    for (const name of ['مريم', '👩‍🚀 Ada', 'Ｙｕｋｉ', "O'Neill-Ñandú", 'x'.repeat(100), '😀'.repeat(100)]) {
      expect((await patch('/me', { firstName: name })).body).toMatchObject({ firstName: name });
    }
    expect((await patch('/me', { firstName: '  Jose\u0301 ' })).body).toMatchObject({ firstName: 'José' });
  });

  it('are refused with every fault at its field, and stay as they were', async () => {
    const before = await get('/me/contact');
    const { status, body } = await patch('/me/contact', {
      email: 'nobody',
      phone: 'x'.repeat(10_000),
      city: 'a\u202eb',
      country: 'XX',
      postalCode: '1'.repeat(21),
      state: '\u0007',
    });
    expect([status, body['code']]).toEqual([422, 'invalid']);
    expect(body['errors']).toEqual([
      { field: 'email', code: 'not-an-email' },
      { field: 'phone', code: 'too-long', limit: 60 },
      { field: 'city', code: 'control-characters' },
      { field: 'state', code: 'control-characters' },
      { field: 'postalCode', code: 'too-long', limit: 20 },
      { field: 'country', code: 'not-a-country' },
    ]);
    expect((await get('/me/contact')).body).toEqual(before.body);
  });

  it('need a first or a last name, a username and an e-mail', async () => {
    expect((await patch('/me', { firstName: '' })).status).toBe(200);
    expect((await patch('/me', { lastName: ' ' })).body['errors']).toEqual([{ field: 'firstName', code: 'required' }]);
    expect((await patch('/me', { username: null })).body['errors']).toEqual([{ field: 'username', code: 'required' }]);
    expect((await patch('/me/contact', { email: '' })).body['errors']).toEqual([{ field: 'email', code: 'required' }]);
  });

  it.each([{ firstName: 7 }, { firstName: ['a'] }, { nickname: 'x' }, [[]], 'text', 7])(
    'refuse the patch %j',
    async (body) => {
      expect((await patch('/me', JSON.stringify(body))).status).toBe(422);
    },
  );

  it('refuse names that another account has', async () => {
    const { accounts } = test.server.stores;
    const id = accounts.findDemo() ?? '';
    const user = { firstName: 'B', lastName: '', username: 'Second', role: 'Viewer', company: '' };
    accounts.create({
      user,
      contact: { ...accounts.readContact(id), email: 'Other@example.com' },
      passwordHash: '',
      permissions: [],
    });
    expect((await patch('/me', { username: 'second' })).body['errors']).toEqual([{ field: 'username', code: 'taken' }]);
  });

  it('lead back into the account by the new names', async () => {
    await patch('/me', { username: 'mara.new' });
    await changeEmail(test, token, 'mara@example.org');
    for (const identifier of ['mara.new', 'mara@example.org'])
      expect((await test.trySignIn(test.password, identifier)).status).toBe(200);
    expect((await test.trySignIn(test.password, test.identifier)).status).toBe(401);
  });
});

describe('W2 X5 changes that meet', () => {
  beforeEach(() => start());
  afterEach(() => test.close());

  it('need If-Match: 428 without, 412 when the record changed since', async () => {
    const without = await test.request('PATCH', '/me', { token, body: { firstName: 'A' } });
    expect([without.status, without.body['code']]).toEqual([428, 'precondition-required']);
    const etag = await etagOf('/me');
    expect((await patch('/me', { firstName: 'A' }, etag)).status).toBe(200);
    const stale = await patch('/me', { firstName: 'B' }, etag);
    expect([stale.status, stale.body['code']]).toEqual([412, 'stale']);
    expect((await patch('/me', { firstName: 'B' }, `W/${await etagOf('/me')}`)).status).toBe(412);
    expect((await get('/me')).body).toMatchObject({ firstName: 'A' });
  });

  it('let one of two parallel changes through', async () => {
    const etag = await etagOf('/me');
    const answers = await Promise.all(['A', 'B'].map((firstName) => patch('/me', { firstName }, etag)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await get('/me')).body).toEqual(winner?.body);
  });
});

describe('E1 E2 own picture', () => {
  const png = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64')}`;
  beforeEach(() => start());
  afterEach(() => test.close());

  it('is set, read and removed', async () => {
    expect((await get('/me/avatar')).body).toEqual({ image: null });
    expect((await patch('/me/avatar', { image: png })).body).toEqual({ image: png });
    expect((await patch('/me/avatar', {})).body).toEqual({ image: png });
    expect((await patch('/me/avatar', { image: null })).body).toEqual({ image: null });
  });

  it('is refused if it is none', async () => {
    const { status, body } = await patch('/me/avatar', { image: 'data:image/png;base64,R0lGODlh' });
    expect([status, body['errors']]).toEqual([422, [{ field: 'image', code: 'not-valid' }]]);
  });
});

describe('X6 locked fields', () => {
  afterEach(() => test.close());

  it('are refused with the missing permission; nothing else of the patch is kept', async () => {
    await start();
    const { status, body } = await patch('/me', { firstName: 'A', role: 'Viewer', company: 'B', registeredAt: null });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'forbidden', permission: 'Role Change' });
    expect(body['errors']).toEqual(['role', 'company', 'registeredAt'].map((field) => ({ field, code: 'locked' })));
    expect((await get('/me')).body).toMatchObject({ firstName: 'Mara' });
  });

  it('open with the permission, for a role that exists', async () => {
    await start();
    test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', ['Role Change']);
    expect((await patch('/me', { role: 'Viewer' })).body).toMatchObject({ role: 'Viewer' });
    expect((await patch('/me', { role: 'Emperor' })).body['errors']).toEqual([{ field: 'role', code: 'not-a-choice' }]);
  });

  it('C4: close when the permission is taken away', async () => {
    await start('contact-center');
    expect((await patch('/me/contact', { city: 'Tacoma' })).status).toBe(200);
    test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', []);
    const refused = await patch('/me/contact', { city: 'Olympia' });
    expect([refused.status, refused.body['permission']]).toEqual([403, 'My Account Page Edit']);
  });

  it('name no permission where the provider has no such field', async () => {
    await start('platform');
    const refused = await patch('/me/contact', { city: 'Olympia' });
    expect([refused.status, 'permission' in refused.body]).toEqual([403, false]);
  });
});
