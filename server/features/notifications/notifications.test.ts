import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../create-server.ts';
import { defaultPreset, findPreset } from '../../presets/presets.ts';
import { createTestFolder } from '../../testing/test-database.ts';
import { changeEmail } from '../../testing/mails.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { Notifications } from './notifications.schemas.ts';

let test: TestServer;
let token: string;
beforeEach(async () => {
  test = await startTestServer();
  token = (await test.signIn()).accessToken;
});
afterEach(() => test.close());

const url = '/me/notifications';
const read = () => test.request<Notifications>('GET', url, { token });
const patch = (body: object, etag = '*') =>
  test.request<Notifications & { code?: string }>('PATCH', url, { token, body, headers: { 'if-match': etag } });
const setUtilization = async (percent: unknown) =>
  (await test.request('POST', '/dev/utilization', { body: { percent } })).status;
const tick = () => test.request('POST', '/dev/daily-report');
const mails = async () =>
  (
    await test.request<{ mails: { to: string; subject: string; text: string }[] }>('GET', '/dev/outbox')
  ).body.mails.reverse();
const subjects = async () => (await mails()).map(({ subject }) => subject);
const threshold = (percent: number | null, byMail = true) => ({ percent, byMail });

describe('W5 W6 own notifications', () => {
  it('are off until they are chosen, and go to the person’s e-mail', async () => {
    const { body } = await read();
    expect(body).toEqual({ quotaAlerts: false, thresholds: [], dailyReport: false, sentTo: test.identifier });
    await changeEmail(test, token, 'new@example.com');
    expect((await read()).body.sentTo).toBe('new@example.com');
  });

  it('change by merge patch under an ETag, and keep thresholds ascending', async () => {
    const etag = (await read()).headers.get('etag') ?? '';
    const changed = await patch(
      { quotaAlerts: true, thresholds: [threshold(95, false), threshold(1), threshold(80)] },
      etag,
    );
    const thresholds = [threshold(1), threshold(80), threshold(95, false)];
    expect(changed.body).toEqual({ quotaAlerts: true, thresholds, dailyReport: false, sentTo: test.identifier });
    expect((await patch({ dailyReport: true }, etag)).body.code).toBe('stale');
    expect((await patch({ dailyReport: true }, changed.headers.get('etag') ?? '')).body).toMatchObject({
      quotaAlerts: true,
      thresholds,
      dailyReport: true,
    });
    expect((await patch({ thresholds: [] })).body.thresholds).toEqual([]);
    expect((await test.request('PATCH', url, { token, body: {} })).status).toBe(428);
  });

  it.each([
    [[threshold(0)], [{ field: 'thresholds.0.percent', code: 'out-of-range' }]],
    [[threshold(80), threshold(101)], [{ field: 'thresholds.1.percent', code: 'out-of-range' }]],
    [[threshold(3.5)], [{ field: 'thresholds.0.percent', code: 'not-valid' }]],
    [[threshold(null)], [{ field: 'thresholds.0.percent', code: 'required' }]],
    [
      [threshold(80), threshold(-1), threshold(80)],
      [
        { field: 'thresholds.1.percent', code: 'out-of-range' },
        { field: 'thresholds.2.percent', code: 'duplicate' },
      ],
    ],
    [[1, 2, 3, 4].map((percent) => threshold(percent)), [{ field: 'thresholds', code: 'too-many', limit: 3 }]],
    [[{ percent: '80', byMail: true }], [{ field: 'thresholds.0.percent', code: 'not-valid' }]],
    [[{ percent: 80, byMail: 1 }], [{ field: 'thresholds.0.byMail', code: 'not-valid' }]],
    [null, [{ field: 'thresholds', code: 'not-valid' }]],
  ])('refuse the thresholds %j and stay as they were', async (thresholds, errors) => {
    await patch({ thresholds: [threshold(50)] });
    const { status, body } = await patch({ thresholds, dailyReport: true });
    expect([status, body]).toMatchObject([422, { code: 'invalid', errors }]);
    expect((await read()).body).toMatchObject({ thresholds: [threshold(50)], dailyReport: false });
  });

  it('are locked without the permission, and the address always (X6)', async () => {
    expect((await patch({ sentTo: 'x@example.com' })).body).toMatchObject({
      code: 'forbidden',
      errors: [{ field: 'sentTo', code: 'locked' }],
    });
    test.server.stores.accounts.setPermissions(test.server.stores.accounts.findDemo() ?? '', []);
    const locked = { access: 'read-only', permission: 'Notifications Edit' };
    expect((await test.request('GET', '/meta', { token })).body).toMatchObject({
      capabilities: { 'notifications.write': 'offered' },
      fields: {
        notifications: {
          quotaAlerts: locked,
          thresholds: locked,
          dailyReport: locked,
          sentTo: { access: 'read-only' },
        },
      },
    });
    expect((await patch({ dailyReport: true })).body).toMatchObject({
      code: 'forbidden',
      permission: 'Notifications Edit',
    });
    expect((await read()).body.dailyReport).toBe(false);
  });
});

describe('W5 quota alerts', () => {
  it('are one mail for each threshold that is risen to, and none on the way down', async () => {
    await patch({ quotaAlerts: true, thresholds: [threshold(50), threshold(80, false), threshold(90)] });
    for (const percent of [49.9, 50, 60, 50, 90, 100, 90]) expect(await setUtilization(percent)).toBe(204);
    expect(await subjects()).toEqual(['Your storage is 50% full', 'Your storage is 90% full']);
    for (const percent of [10, 95]) await setUtilization(percent);
    const sent = (await mails()).slice(2);
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
      [test.identifier, 'Your storage is 50% full'],
      [test.identifier, 'Your storage is 90% full'],
    ]);
    expect(sent[0]?.text).toContain('from 10% to 95%');
  });

  it('are not sent while they are off, nor afterwards for what was crossed before', async () => {
    await patch({ thresholds: [threshold(50)] });
    await setUtilization(60);
    await patch({ quotaAlerts: true });
    await setUtilization(70);
    expect(await subjects()).toEqual([]);
  });

  it('come once, with the daily report, when the server ends between the change and its mails (W6)', async () => {
    await patch({ quotaAlerts: true, thresholds: [threshold(50)], dailyReport: true });
    // A mail that cannot be written is one that was not written yet.
    const outbox = join(test.dataFolder, `${defaultPreset.id}.outbox`);
    rmSync(outbox, { recursive: true, force: true });
    writeFileSync(outbox, '');
    expect([await setUtilization(60), (await tick()).status]).toEqual([204, 204]);
    rmSync(outbox);
    for (let starts = 0; starts < 2; starts += 1) {
      await (await createServer({ dataFolder: test.dataFolder, preset: defaultPreset })).close();
      expect(await subjects()).toEqual(['Your storage is 50% full', 'Usage report for 2026-01-15']);
    }
  });

  it('are taken back together with the utilization they tell of', async () => {
    await patch({ quotaAlerts: true, thresholds: [threshold(50)] });
    const { database } = test.server;
    database.run(`CREATE TRIGGER refuse BEFORE INSERT ON mails_due BEGIN SELECT RAISE(ABORT, 'no'); END`);
    expect(await setUtilization(60)).toBe(500);
    database.run('DROP TRIGGER refuse');
    expect(await setUtilization(70)).toBe(204);
    expect((await mails()).map(({ text }) => text)).toEqual([expect.stringContaining('from 0% to 70%')]);
  });

  it.each([-1, '50', null, 1_001])('refuse a utilization of %j', async (percent) => {
    expect(await setUtilization(percent)).toBe(422);
  });
});

describe('W6 daily report', () => {
  it('comes once a day, while it is on', async () => {
    await tick();
    await patch({ dailyReport: true });
    await setUtilization(42);
    for (let count = 0; count < 2; count += 1) await tick();
    test.pass(12 * 3_600 - 1);
    await tick();
    expect(await subjects()).toEqual(['Usage report for 2026-01-15']);
    test.pass(1);
    await tick();
    expect((await mails()).map(({ to, subject, text }) => [to, subject, text.includes('42%')])).toEqual([
      [test.identifier, 'Usage report for 2026-01-15', true],
      [test.identifier, 'Usage report for 2026-01-16', true],
    ]);
  });
});

describe('W5 W6 development calls', () => {
  it('are there only for development, and nothing of it where there is no storage', async () => {
    for (const [preset, isDevelopment] of [
      [defaultPreset, false],
      [findPreset('platform')!, true],
    ] as const) {
      const server = await createServer({ dataFolder: createTestFolder(), preset, isDevelopment });
      const address = await server.listen(0);
      for (const path of ['utilization', 'daily-report'])
        expect((await fetch(`${address}/dev/${path}`, { method: 'POST' })).status).toBe(404);
      await server.close();
    }
  });
});
