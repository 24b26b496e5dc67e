import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactCenter } from '../../presets/contact-center.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Workplace } from './workplace.schemas.ts';

let test: TestServer;
let token: string;
async function start(preset = contactCenter): Promise<void> {
  test = await startTestServer(preset);
  token = (await test.signIn()).accessToken;
}
beforeEach(() => start());
afterEach(() => test.close());

const edit = 'My Account Page Edit';
const dialing = 'Default Dialing Pattern Edit';
const wfm = 'WFM Notifications';
const setPermissions = (...names: readonly string[]) => {
  test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', names);
};
const read = () => test.request<Workplace>('GET', '/me/workplace', { token });
const patch = (body: object, etag = '*') =>
  test.request<Workplace & { code?: string }>('PATCH', '/me/workplace', { token, body, headers: { 'if-match': etag } });
const access = async () =>
  (await test.request<{ fields: Record<string, object> }>('GET', '/meta', { token })).body.fields['workplace'];

describe('C4 C6 own workplace', () => {
  it('is read with the provider’s list of patterns, and changes under its ETag', async () => {
    setPermissions(edit, dialing, wfm);
    const { body, headers } = await read();
    expect(body).toEqual({
      dialingPattern: '',
      wfmNotifications: false,
      wfmInterval: 10,
      choices: { dialingPattern: contactCenter.workplace!.dialingPatterns },
    });
    const [pattern] = body.choices.dialingPattern;
    const etag = headers.get('etag') ?? '';
    const after = await patch({ dialingPattern: pattern!.id, wfmNotifications: true, wfmInterval: 15 }, etag);
    expect(after.body).toEqual({ ...body, dialingPattern: pattern!.id, wfmNotifications: true, wfmInterval: 15 });
    expect((await patch({ wfmInterval: 5 }, etag)).body.code).toBe('stale');
    expect((await patch({ wfmNotifications: false })).body).toMatchObject({ wfmNotifications: false, wfmInterval: 15 });
    expect((await patch({ dialingPattern: null })).body.dialingPattern).toBe('');
    expect((await test.request('PATCH', '/me/workplace', { token, body: {} })).status).toBe(428);
  });

  it.each([
    [{ dialingPattern: 'unknown' }, [{ field: 'dialingPattern', code: 'not-a-choice' }]],
    [{ wfmNotifications: true, wfmInterval: 7 }, [{ field: 'wfmInterval', code: 'not-a-choice' }]],
    [
      { dialingPattern: 'x', wfmInterval: 0 },
      [
        { field: 'dialingPattern', code: 'not-a-choice' },
        { field: 'wfmInterval', code: 'not-a-choice' },
      ],
    ],
    [{ wfmInterval: 5 }, [{ field: 'wfmInterval', code: 'locked' }]],
    [{ wfmNotifications: 'yes' }, [{ field: 'wfmNotifications', code: 'not-valid' }]],
    [{ choices: {} }, [{ field: 'choices', code: 'not-valid' }]],
  ])('is not changed by %j', async (body, errors) => {
    setPermissions(edit, dialing, wfm);
    const before = await read();
    const answer = await patch(body);
    expect([answer.status, answer.body]).toMatchObject([422, { errors }]);
    expect((await read()).body).toEqual(before.body);
  });
});

describe('C4 C6 X6 rights over the workplace', () => {
  const editable = { access: 'editable' };
  const missing = (permission: string) => ({ access: 'read-only', permission });
  const absent = { access: 'not-offered' };

  it.each([
    [[], { dialingPattern: missing(edit), wfmNotifications: absent, wfmInterval: absent }, edit],
    [[dialing], { dialingPattern: missing(edit), wfmNotifications: absent, wfmInterval: absent }, edit],
    [[edit], { dialingPattern: missing(dialing), wfmNotifications: absent, wfmInterval: absent }, dialing],
    [[wfm], { dialingPattern: missing(edit), wfmNotifications: missing(edit), wfmInterval: missing(edit) }, edit],
  ])('with %j are told and enforced', async (permissions, fields, permission) => {
    setPermissions(...permissions);
    expect(await access()).toEqual(fields);
    expect((await patch({ dialingPattern: '' })).body).toMatchObject({
      status: 403,
      permission,
      errors: [{ field: 'dialingPattern', code: 'locked' }],
    });
    expect((await patch({ wfmNotifications: true })).body).toMatchObject({
      status: 403,
      errors: [{ field: 'wfmNotifications', code: 'locked' }],
    });
  });

  it('with all of them leave nothing locked', async () => {
    setPermissions(edit, dialing, wfm);
    expect(await access()).toEqual({ dialingPattern: editable, wfmNotifications: editable, wfmInterval: editable });
  });

  it('know no WFM where it is not in use, whatever is permitted', async () => {
    await test.close();
    await start({ ...contactCenter, workplace: { ...contactCenter.workplace!, wfmPermission: null } });
    setPermissions(edit, dialing, wfm);
    expect(await access()).toEqual({ dialingPattern: editable, wfmNotifications: absent, wfmInterval: absent });
    expect((await patch({ wfmNotifications: true })).status).toBe(403);
  });

  it('are nothing at another kind of provider', async () => {
    await test.close();
    test = await startTestServer();
    token = (await test.signIn()).accessToken;
    expect([(await read()).status, await access()]).toEqual([404, undefined]);
  });
});
