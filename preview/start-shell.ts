import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { setNativeLanguage } from '../electron/services/core/native-text.ts';
import { createServices } from '../electron/services/create-services.ts';
import { defaultDataFolder, prepareDataFolder } from '../electron/services/files/data-folder.ts';
import { createFaultReporter } from '../electron/services/log/fault-reporter.ts';
import { UnseenLock } from '../electron/services/unseen-lock.ts';
import { pageHeaders } from '../electron/services/page/page-headers.ts';
import { contract } from '../shared/contract/index.ts';
import { createDispatcher } from '../shared/rpc/dispatcher.ts';
import { listBuiltRenderer } from './built-renderer.ts';
import type { CommandLine } from './command-line.ts';
import { claimInstance } from './instance.ts';
import { createPorts } from './ports/create-ports.ts';
import { startShellServer, type ShellServer, type ShellServerOptions } from './shell-server.ts';
import { toStartError } from './start-error.ts';
import type { Terminal } from './terminal.ts';

const localesFolder = fileURLToPath(new URL('../locales', import.meta.url));
const rendererFolder = fileURLToPath(new URL('../dist/renderer', import.meta.url));

export type Shell =
  | { readonly kind: 'already-running'; readonly dataFolder: string }
  | ({ readonly kind: 'running' } & Pick<ShellServer, 'newLink' | 'close'>);

type ShellOptions = CommandLine & Pick<ShellServerOptions, 'files'> & { readonly terminal: Terminal };

/** Starts everything, or finds that another copy has this data folder already. Errors: StartError. */
export async function startShell(commandLine: CommandLine, terminal: Terminal): Promise<Shell> {
  setNativeLanguage([new Intl.DateTimeFormat().resolvedOptions().locale], localesFolder);
  const files = listBuiltRenderer(rendererFolder);
  const chosen = commandLine.dataFolder ?? defaultDataFolder();
  try {
    return await startOn(prepareDataFolder(chosen), { ...commandLine, terminal, files });
  } catch (error) {
    throw toStartError(error, chosen);
  }
}

async function startOn(dataFolder: string, options: ShellOptions): Promise<Shell> {
  const instance = claimInstance(dataFolder);
  if (!instance) return { kind: 'already-running', dataFolder };
  // What has to end when the shell ends, or fails to start; the newest first.
  await using starting = new AsyncDisposableStack();
  starting.defer(() => instance.release());
  const ports = createPorts(dataFolder, options);
  const services = await createServices(ports);
  starting.defer(() => services.close());
  const dispatcher = createDispatcher<typeof contract, IncomingMessage>(contract, services.handlers, {
    // Host, Origin and token were checked before the body was read; a caller that has gone gets no work done.
    isTrusted: (request) => !request.socket.destroyed,
    report: createFaultReporter(ports.log),
  });
  const headers = pageHeaders({ connectSrc: "'self'" });
  const pages = new UnseenLock(services, ports);
  starting.defer(() => pages.noteSeen());
  const server = await startShellServer(options.port, { files: options.files, headers, dispatcher, pages });
  starting.defer(() => server.close());
  services.onEvent(server.send);
  ports.log.info('browser shell started', { address: server.address });
  const running = starting.move();
  async function close(): Promise<void> {
    // While its page can still be told.
    await pages.keepTyped();
    await running.disposeAsync();
  }
  return { kind: 'running', newLink: server.newLink, close };
}
