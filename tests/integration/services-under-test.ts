import type { KeyWrapper, Ports } from '../../electron/services/ports.ts';
import type { Reply } from '../../shared/rpc/transport.ts';
import { openAppWith, openKeyWrapper, type AppUnderTest } from './open-app.ts';

export { openKeyWrapper, type AppUnderTest } from './open-app.ts';

export const noKeyWrapper: KeyWrapper = {
  ...openKeyWrapper,
  status: () => Promise.resolve({ available: false, cause: 'none in this test' }),
};

/** For tests in which no key file is read. */
export const noKeys: Ports['ssh'] = {
  folder: '/nowhere',
  agentPath: undefined,
  startKeyWorker: () => {
    throw new Error('no key worker in this test');
  },
};

/** As `openAppWith`, with a key worker where a test brings none. */
export async function openApp(
  dataFolder: string,
  ports: Partial<Ports> = {},
  onReply?: (channel: string, reply: Reply) => void,
): Promise<AppUnderTest> {
  return openAppWith(dataFolder, { ...ports, ssh: ports.ssh ?? (await noSsh()) }, onReply);
}

/** Loaded only where it is used: it may have to bundle, and a bundler stays in memory. */
async function noSsh(): Promise<Ports['ssh']> {
  const { startKeyWorker } = await import('../support/start-key-worker.ts');
  return { folder: '/nowhere', agentPath: undefined, startKeyWorker };
}
