import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../create-server.ts';
import { defaultPreset } from '../../presets/presets.ts';
import { challenge, enrol } from '../../testing/authenticator.ts';
import { createTestFolder } from '../../testing/test-database.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

interface Mails {
  readonly mails: { to: string; subject: string; text: string; sentAt: string }[];
}

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const subjects = async () => (await test.request<Mails>('GET', '/dev/outbox')).body.mails.map(({ subject }) => subject);

describe('W9 /dev/outbox', () => {
  it('is there only for development', async () => {
    const server = await createServer({ dataFolder: createTestFolder(), preset: defaultPreset });
    const address = await server.listen(0);
    expect((await fetch(`${address}/dev/outbox`)).status).toBe(404);
    await server.close();
  });

  it('lists what was sent, to whom and when', async () => {
    const { accessToken: token } = await test.signIn();
    expect((await test.request<Mails>('GET', '/dev/outbox')).body).toEqual({ mails: [] });
    await enrol(test, token);
    expect((await test.request<Mails>('GET', '/dev/outbox')).body.mails).toEqual([
      {
        to: test.identifier,
        subject: 'Two-step sign-in was turned on',
        text: expect.stringContaining('If this was not you'),
        sentAt: '2026-01-15T12:00:00.000Z',
      },
    ]);
  });
});

describe('W9 W10 E5 notices', () => {
  it('tell of everything that opens or closes the account', async () => {
    const { accessToken: token } = await test.signIn();
    const { recoveryCodes } = await enrol(test, token);
    await enrol(test, token, 'Tablet');
    const [device] = (await test.request<{ devices: { id: string }[] }>('GET', '/me/mfa', { token })).body.devices;
    await test.request('POST', '/auth/sign-in/code', {
      body: { challenge: await challenge(test), code: recoveryCodes![0] },
    });
    await test.request('POST', '/me/mfa/recovery-codes', { token });
    await test.request('DELETE', `/me/mfa/devices/${device!.id}`, { token });
    for (let count = 0; count < 2; count += 1) await test.request('DELETE', '/me/mfa', { token });
    await test.request('POST', '/me/password', {
      token,
      body: { current: test.password, next: 'correct horse battery', endOtherSessions: false },
    });
    expect((await subjects()).reverse()).toEqual([
      'Two-step sign-in was turned on',
      'A sign-in device was added',
      'A recovery code was used',
      'You have new recovery codes',
      'A sign-in device was removed',
      'Two-step sign-in was turned off',
      'Your password was changed',
    ]);
  });

  it('that cannot be written do not undo what was done', async () => {
    writeFileSync(join(test.dataFolder, 'control-account.outbox'), '');
    const { accessToken: token } = await test.signIn();
    await enrol(test, token);
    expect((await test.request('GET', '/me/mfa', { token })).body).toMatchObject({ isOn: true });
  });
});
