import { expect, test } from '@playwright/test';
import { whyNot, withApp } from './launch.ts';

const reason = whyNot();
test.skip(reason !== undefined, reason ?? '');

test('D1 the page comes from app:// with its policy, and reaches no network', async () => {
  await withApp(async (app) => {
    const page = await app.firstWindow();
    await expect(page).toHaveURL(/^app:\/\/profile-desk\/index\.html/);
    const blocked = await page.evaluate(() => fetch('http://127.0.0.1:1/').then(() => 'reached', (error: Error) => error.name));
    expect(blocked).toBe('TypeError');
    expect(await page.evaluate(() => [typeof globalThis.process, typeof globalThis.require])).toEqual(['undefined', 'undefined']);
    await page.evaluate(() => window.open('https://example.test/'));
    expect(app.windows()).toHaveLength(1);
  });
});

test('D2 a call goes from the page to the services and back', async () => {
  await withApp(async (app) => {
    const page = await app.firstWindow();
    const reply = await page.evaluate(() => {
      const bridge = (globalThis as unknown as { profileDesk: { request(channel: string): Promise<unknown> } }).profileDesk;
      return bridge.request('settings.get');
    });
    expect(reply).toEqual({ ok: true, value: { theme: 'system' } });
  });
});
