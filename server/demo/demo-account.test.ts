import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeEmail } from '../testing/mails.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

describe('D7 demo account', () => {
  it('is made once; later starts do not know its password', async () => {
    expect(await test.server.ensureDemoAccount({ resetPassword: false })).toEqual({
      identifier: 'demo@profile-desk.example',
      password: null,
    });
    expect(test.server.database.all('SELECT id FROM accounts')).toHaveLength(1);
    await test.signIn();
  });

  it('gets a new password when asked; its sessions go on', async () => {
    const { accessToken: token } = await test.signIn();
    const { password } = await test.server.ensureDemoAccount({ resetPassword: true });
    expect((await test.trySignIn(test.password)).status).toBe(401);
    expect((await test.trySignIn(password ?? '')).status).toBe(200);
    expect((await test.request('GET', '/me', { token })).status).toBe(200);
  });

  it('is still found under another name', async () => {
    const { accessToken: token } = await test.signIn();
    await changeEmail(test, token, 'mara@example.org');
    expect(await test.server.ensureDemoAccount({ resetPassword: false })).toEqual({
      identifier: 'mara@example.org',
      password: null,
    });
  });

  it('gets exactly the permissions asked for in development', async () => {
    await test.server.ensureDemoAccount({ resetPassword: false, permissions: ['Role Change', 'Role Change'] });
    const { accounts } = test.server.stores;
    expect(accounts.readPermissions(accounts.findDemo() ?? '')).toEqual(['Role Change']);
  });
});
