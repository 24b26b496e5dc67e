import { expect, test } from './fixtures.ts';

test('D1 the page comes from app:// with its policy, and reaches no network', async ({ desk }) => {
  const { page, electron } = await desk.startApp();
  await expect(page).toHaveURL(/^app:\/\/profile-desk\/index\.html/);
  const blocked = await page.evaluate(() =>
    fetch('http://127.0.0.1:1/').then(
      () => 'reached',
      (error: Error) => error.name,
    ),
  );
  expect(blocked).toBe('TypeError');
  const reachable = await page.evaluate(() => [typeof globalThis.process, typeof globalThis.require]);
  expect(reachable).toEqual(['undefined', 'undefined']);
  await page.evaluate(() => window.open('https://example.test/'));
  expect(electron ? electron.windows() : page.context().pages()).toHaveLength(1);
});

test('D2 a call goes from the page to the services and back', async ({ desk }) => {
  const { page } = await desk.startApp();
  const reply = await page.evaluate(() => {
    const bridge = (globalThis as unknown as { profileDesk: { request(channel: string): Promise<unknown> } })
      .profileDesk;
    return bridge.request('settings.get');
  });
  expect(reply).toEqual({ ok: true, value: { theme: 'system' } });
});

test('D1 the page has no peer account that leaves it, by address or by name', async ({ desk }) => {
  const { page } = await desk.startApp();
  const candidates = await page.evaluate(async () => {
    const found: string[] = [];
    const peer = new RTCPeerConnection({
      iceServers: [{ urls: 'stun:127.0.0.1:3478' }, { urls: 'stun:stun.example.test:3478' }],
    });
    peer.createDataChannel('any');
    const gathered = new Promise<void>((resolve) => {
      peer.onicecandidate = ({ candidate }) => (candidate ? found.push(candidate.candidate) : resolve());
    });
    await peer.setLocalDescription(await peer.createOffer());
    await gathered;
    return found;
  });
  expect(candidates).toEqual([]);
});
