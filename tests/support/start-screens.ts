import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pageHeaders } from '../../electron/services/page/page-headers.ts';
import { listBuiltRenderer } from '../../preview/built-renderer.ts';
import { startShellServer } from '../../preview/shell-server.ts';
import { fakedContract } from '../../renderer/testing/faked-contract.ts';
import { FakeServices } from '../../renderer/testing/fake-services.ts';
import { createDispatcher, createEmitter, type Dispatcher } from '../../shared/rpc/dispatcher.ts';

export interface ServedScreens extends AsyncDisposable {
  readonly services: FakeServices;
  /** An address that lets one page in. */
  newLink(): string;
  close(): Promise<void>;
}

/**
 * `SLOW_SERVICES=400`: everything is answered that many milliseconds later, and what the services tell by themselves
 * comes so much later, as on a busy machine. A test that does not wait for what it asserts fails then, always instead
 * of now and then.
 */
const delay = Number(process.env['SLOW_SERVICES'] ?? 0);

const renderer = join(import.meta.dirname, '../../dist/renderer');

/** The built screens, served with their real policy by the real browser shell, over fake services. */
export async function startScreens(): Promise<ServedScreens> {
  const services = new FakeServices();
  const server = await startShellServer(0, {
    files: listBuiltRenderer(renderer),
    headers: pageHeaders({ connectSrc: "'self'" }),
    dispatcher: late(
      createDispatcher<typeof fakedContract, IncomingMessage>(fakedContract, services.handlers, {
        isTrusted: () => true,
        report: () => 'K7Q2-0001',
      }),
    ),
  });
  services.emit = createEmitter(fakedContract, (message) => {
    if (delay) void sleep(delay).then(() => server.send(message));
    else server.send(message);
  });
  const close = () => server.close();
  return { services, newLink: server.newLink, close, [Symbol.asyncDispose]: close };
}

function late<Sender>(dispatcher: Dispatcher<Sender>): Dispatcher<Sender> {
  if (!delay) return dispatcher;
  return {
    async dispatch(channel, input, sender) {
      await sleep(delay);
      return dispatcher.dispatch(channel, input, sender);
    },
  };
}
