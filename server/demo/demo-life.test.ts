import { describe, expect, it } from 'vitest';
import { createServer } from '../create-server.ts';
import { presets } from '../presets/presets.ts';
import { makeTempFolder } from '../../tests/support/temp-folder.ts';

async function start(preset: (typeof presets)[number], isLively = true) {
  const folder = makeTempFolder();
  const server = await createServer({ dataFolder: folder.path, preset });
  await server.ensureDemoAccount({ resetPassword: false, isLively });
  return {
    server,
    id: server.stores.accounts.findDemo() ?? '',
    async [Symbol.asyncDispose]() {
      await server.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('D7 the demo account inside the app', () => {
  it.each(presets)('$id: has what an account has after some years', async (preset) => {
    await using demo = await start(preset);
    const { stores } = demo.server;
    const sessions = stores.sessions.list(demo.id);
    expect(new Set(sessions.map(({ ipAddress }) => ipAddress)).size).toBe(3);
    expect(stores.identityKeys.list(demo.id).map(({ title }) => title)).toEqual(
      preset.identityKeys ? ['mara@laptop', 'build@nordlicht'] : [],
    );
    expect(stores.apiKeys.read(demo.id) !== undefined).toBe(preset.apiKey !== null);
    expect(stores.accessKeys.list(demo.id)).toHaveLength(preset.accessKeys ? 2 : 0);
    const { quotaAlerts, thresholds } = stores.notifications.read(demo.id);
    expect([quotaAlerts, thresholds.map(({ percent }) => percent)]).toEqual(
      preset.notifications ? [true, [50, 75, 90]] : [false, []],
    );
  });

  it('gets that once, and a second start adds nothing', async () => {
    await using demo = await start(presets[0]!);
    await demo.server.ensureDemoAccount({ resetPassword: true, isLively: true });
    expect(demo.server.stores.sessions.list(demo.id)).toHaveLength(3);
  });

  it('is empty where nobody asked for more', async () => {
    await using demo = await start(presets[0]!, false);
    expect(demo.server.stores.sessions.list(demo.id)).toEqual([]);
  });
});
