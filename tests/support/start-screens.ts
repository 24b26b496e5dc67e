import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { contentSecurityPolicy } from '../../electron/services/content-security-policy.ts';
import { startShellServer } from '../../preview/shell-server.ts';
import { readStaticFiles } from '../../preview/static-files.ts';
import { fakedContract, FakeServices } from '../../renderer/testing/fake-services.ts';
import { createDispatcher, createEmitter } from '../../shared/rpc/dispatcher.ts';

export interface ServedScreens extends AsyncDisposable {
  readonly services: FakeServices;
  /** With the token that the page asks for. */
  readonly url: string;
  close(): Promise<void>;
}

const renderer = join(import.meta.dirname, '../../dist/renderer');

/** The built screens, served with their real policy by the real browser shell, over fake services. */
export async function startScreens(): Promise<ServedScreens> {
  const services = new FakeServices();
  const token = randomBytes(16).toString('hex');
  const server = await startShellServer(0, {
    files: readStaticFiles(renderer),
    headers: { 'content-security-policy': contentSecurityPolicy({ connectSrc: "'self'" }) },
    token,
    dispatcher: createDispatcher<typeof fakedContract, IncomingMessage>(fakedContract, services.handlers, {
      isTrusted: () => true,
      report: () => 'K7Q2-0001',
    }),
  });
  services.emit = createEmitter(fakedContract, (message) => server.send(message));
  const close = () => server.close();
  return { services, url: `${server.address}/#token=${token}`, close, [Symbol.asyncDispose]: close };
}
