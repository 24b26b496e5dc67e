import { AxiosHeaders, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { createServices } from '../../electron/services/create-services.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import type { FilePicker } from '../../electron/services/ports.ts';
import { createMemoryClipboard, createMemoryNotifier } from '../../electron/services/testing/memory-clipboard.ts';
import { silentLog } from '../../electron/services/testing/test-storage.ts';
import { createServer, type ProfileServer } from '../../server/create-server.ts';
import { contactCenter } from '../../server/presets/contact-center.ts';
import { controlAccount } from '../../server/presets/control-account.ts';
import { platform } from '../../server/presets/platform.ts';
import type { Preset } from '../../server/presets/preset.ts';
import { contract, type AppContract } from '../../shared/contract/index.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { createDispatcher } from '../../shared/rpc/dispatcher.ts';
import { createInMemoryTransport } from '../../shared/rpc/in-memory-transport.ts';
import type { Reply } from '../../shared/rpc/transport.ts';
import { openKeyWrapper } from '../integration/services-under-test.ts';
import { createMemoryFiles } from '../../electron/services/testing/memory-files.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';

/** Offers all there is, asks for a proof wherever one can be asked for, and never locks anybody out. */
const everything: Preset = {
  ...platform,
  policies: { ...platform.policies, lockOut: { tries: 1e9, seconds: 1 } },
  mfa: { offers: ['enrolment', 'typed-secret'], hasRecoveryCodes: true },
  notifications: controlAccount.notifications,
  accessKeys: contactCenter.accessKeys,
  workplace: contactCenter.workplace,
  fields: { user: {}, contact: {} },
  demo: {
    ...platform.demo,
    permissions: [...platform.demo.permissions, ...contactCenter.demo.permissions, ...controlAccount.demo.permissions],
  },
};

export interface FuzzedApp {
  readonly address: string;
  readonly identifier: string;
  dispatch(channel: string, input: unknown): Promise<Reply>;
  /** What the dispatcher reported as `internal`, newest last. */
  readonly internal: readonly unknown[];
  /** Signs in again where that is needed, to an account made anew if it is gone. Returns the account's id. */
  revive(password: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * The services over the whole server in one process: every byte of HTTP but no socket, no disk but the server's own.
 */
export async function openFuzzedApp(folder: string): Promise<FuzzedApp> {
  // The passwords themselves are hashed in the server's own tests.
  const passwords = {
    hash: async (password: string) => password,
    verify: async (hashed: string, password: string) => hashed === password,
  };
  const server = await createServer({ dataFolder: folder, preset: everything, passwords, requestsPerMinute: 1e9 });
  server.database.run('PRAGMA synchronous = OFF');
  const address = 'http://127.0.0.1:1';
  const clock = createSystemClock();
  let settings: unknown = {};
  const filePicker: FilePicker = { save: async ({ suggestedName }) => suggestedName, choose: async () => null };
  const services = await createServices({
    shell: 'browser',
    version: '0.0.0',
    clock,
    log: silentLog,
    filePicker,
    embedded: undefined,
    files: createMemoryFiles(),
    keyWrapper: openKeyWrapper,
    settingsFile: { read: () => settings, write: (value) => (settings = value) },
    clipboard: createMemoryClipboard(),
    notifier: createMemoryNotifier(),
    ssh: { folder: `${folder}/no-ssh`, agentPath: undefined, startKeyWorker },
    browser: { open: async () => false },
    originQuestion: { ask: async (origin) => origin === address },
    transport: { adapter: (config) => answerWith(server, address, config) },
  });
  const internal: unknown[] = [];
  const dispatcher = createDispatcher(contract, services.handlers, {
    isTrusted: () => true,
    report: (_channel, cause) => `ref-${String(internal.push(cause))}`,
  });
  const { calls } = createClient<AppContract>(createInMemoryTransport(dispatcher, 'the fuzz'));
  const { identifier } = await server.ensureDemoAccount({ resetPassword: false });

  async function signIn(password: string): Promise<string> {
    const { accounts, devices } = server.stores;
    await server.ensureDemoAccount({ resetPassword: false });
    const id = accounts.findDemo() ?? '';
    accounts.replacePassword(id, accounts.readPassword(id) ?? '', password);
    // A code cannot be guessed, so it would end here.
    for (const device of devices.list(id)) devices.remove(id, device.id);
    const result = await calls.auth.signIn({
      target: { kind: 'address', address },
      identifier: accounts.readContact(id).email,
      password,
    });
    if (result.next !== 'done') throw new Error('a code was asked for');
    return result.accountId;
  }

  return {
    address,
    identifier,
    internal,
    dispatch: (channel, input) => dispatcher.dispatch(channel, input, 'the fuzz'),
    async revive(password) {
      const { accounts, currentId } = await calls.accounts.list();
      const current = accounts.find(({ id }) => id === currentId);
      if (current && current.state.kind !== 'signed-out') return current.id;
      return signIn(password);
    },
    async close() {
      await services.close();
      await server.close();
    },
  };
}

async function answerWith(server: ProfileServer, address: string, config: AxiosRequestConfig): Promise<AxiosResponse> {
  const url = new URL(config.url ?? '');
  if (url.origin !== address) throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
  const { statusCode, body, headers } = await server.app.inject({
    method: (config.method ?? 'GET').toUpperCase() as 'GET',
    url: url.pathname + url.search,
    // As they would be sent: without those that are switched off.
    headers: AxiosHeaders.from(config.headers as AxiosHeaders).toJSON() as Record<string, string>,
    ...(config.data !== undefined && { payload: config.data as string }),
  });
  return {
    status: statusCode,
    statusText: '',
    data: body,
    headers: headers as Record<string, string>,
    config: config as AxiosResponse['config'],
  };
}
