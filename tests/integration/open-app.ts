import type { Ports } from '../../electron/services/ports.ts';
import { createServices } from '../../electron/services/create-services.ts';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import type { KeyWrapper } from '../../electron/services/ports.ts';
import { createMemoryClipboard, createMemoryNotifier } from '../../electron/services/testing/memory-clipboard.ts';
import { silentLog } from '../../electron/services/testing/test-storage.ts';
import { contract, type AppContract } from '../../shared/contract/index.ts';
import { createClient, type RpcClient } from '../../shared/rpc/client.ts';
import { createDispatcher, UnlistedError } from '../../shared/rpc/dispatcher.ts';
import { createInMemoryTransport } from '../../shared/rpc/in-memory-transport.ts';
import type { EventMessage, Reply, Transport } from '../../shared/rpc/transport.ts';

/** A key store that is always open; the real ones have suites of their own. */
export const openKeyWrapper: KeyWrapper = {
  status: () => Promise.resolve({ available: true, name: 'Test key store' }),
  wrap: (key) => Promise.resolve(Buffer.from(key).reverse()),
  unwrap: (wrapped) => Promise.resolve(Buffer.from(wrapped).reverse()),
};

export interface AppUnderTest extends RpcClient<AppContract> {
  readonly events: readonly EventMessage[];
  /** Errors that the dispatcher reported as `internal`; a good run has none. */
  readonly internal: readonly unknown[];
  readonly transport: Transport;
  close(): Promise<void>;
}

/**
 * The services as a shell wires them, over a data folder, called through the rpc's own client. `onReply` hears what
 * each call was answered. Bundled by programs that are measured, so it loads nothing of the tests.
 */
export async function openAppWith(
  dataFolder: string,
  ports: Partial<Ports> & Pick<Ports, 'ssh'>,
  onReply: (channel: string, reply: Reply) => void = () => undefined,
): Promise<AppUnderTest> {
  const clock = ports.clock ?? createSystemClock();
  let settings: unknown = {};
  const services = await createServices({
    shell: 'browser',
    version: '0.0.0',
    keyWrapper: openKeyWrapper,
    files: createNodeFileStore(dataFolder, clock),
    settingsFile: { read: () => settings, write: (value) => (settings = value) },
    filePicker: { save: () => Promise.resolve(null) },
    clipboard: createMemoryClipboard(),
    notifier: createMemoryNotifier(),
    browser: { open: () => Promise.resolve(false) },
    // The person says yes to every address that a test gives; new-origins.test.ts is about the question.
    originQuestion: { ask: () => Promise.resolve(true) },
    embedded: undefined,
    clock,
    log: silentLog,
    ...ports,
    // On a busy machine a service answers late, and that is no fault of it.
    transport: { deadlineMs: 120_000, ...ports.transport },
  });
  const internal: unknown[] = [];
  const report = (_channel: string, cause: unknown) => {
    // Whoever expects this call to fail does not catch it, so the run fails: the contract is to list the code.
    if (cause instanceof UnlistedError)
      queueMicrotask(() => {
        throw cause;
      });
    return `ref-${String(internal.push(cause))}`;
  };
  const dispatcher = createDispatcher(contract, services.handlers, { isTrusted: () => true, report });
  const inMemory = createInMemoryTransport(dispatcher, 'the test');
  const transport: Transport = {
    ...inMemory,
    async request(channel, input) {
      const reply = await inMemory.request(channel, input);
      onReply(channel, reply);
      return reply;
    },
  };
  const events: EventMessage[] = [];
  services.onEvent((message) => {
    events.push(message);
    inMemory.send(message);
  });
  return { ...createClient<AppContract>(transport), events, internal, transport, close: services.close };
}
