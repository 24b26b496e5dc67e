import { createPinia, type Pinia } from 'pinia';
import { createApp, type App } from 'vue';
import { createDispatcher, createEmitter } from '../../shared/rpc/dispatcher.ts';
import { createInMemoryTransport } from '../../shared/rpc/in-memory-transport.ts';
import { createHost, hostKey, type Host } from '../host/host.ts';
import { fakedContract } from './faked-contract.ts';
import { FakeServices } from './fake-services.ts';

export interface TestHost {
  readonly services: FakeServices;
  readonly host: Host;
  readonly pinia: Pinia;
  /** What a store needs to find its host. */
  readonly app: App;
  /** As after a break of the connection to the shell. */
  resync(): void;
}

/** The fake services behind the real client, gate and schemas. */
export function createTestHost(): TestHost {
  const services = new FakeServices();
  const dispatcher = createDispatcher(fakedContract, services.handlers, {
    isTrusted: () => true,
    report: () => 'test',
  });
  const transport = createInMemoryTransport(dispatcher, undefined);
  services.emit = createEmitter(fakedContract, (message) => transport.send(message));
  const listeners: (() => void)[] = [];
  const host = createHost({
    ...transport,
    onState: () => undefined,
    onResync: (listener) => void listeners.push(listener),
  });
  const resync = (): void => listeners.forEach((listener) => listener());
  const pinia = createPinia();
  const app = createApp({}).provide(hostKey, host).use(pinia);
  return { services, host, pinia, app, resync };
}
