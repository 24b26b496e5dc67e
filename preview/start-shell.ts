import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { setNativeLanguage } from '../electron/services/core/native-text.ts';
import { createServices } from '../electron/services/create-services.ts';
import { defaultDataFolder, prepareDataFolder } from '../electron/services/files/data-folder.ts';
import { createFaultReporter } from '../electron/services/log/fault-reporter.ts';
import { pageHeaders } from '../electron/services/page/page-headers.ts';
import type { RendererFile } from '../electron/services/page/renderer-files.ts';
import { contract } from '../shared/contract/index.ts';
import { createDispatcher } from '../shared/rpc/dispatcher.ts';
import { listBuiltRenderer } from './built-renderer.ts';
import type { CommandLine } from './command-line.ts';
import { claimInstance } from './instance.ts';
import { createPorts } from './ports/create-ports.ts';
import { startShellServer, type ShellServer } from './shell-server.ts';
import { toStartError } from './start-error.ts';

const localesFolder = fileURLToPath(new URL('../locales', import.meta.url));
const rendererFolder = fileURLToPath(new URL('../dist/renderer', import.meta.url));

export type Shell =
  | { readonly kind: 'already-running'; readonly dataFolder: string }
  | ({ readonly kind: 'running'; close(): Promise<void> } & Pick<ShellServer, 'newLink'>);

/** Starts everything, or finds that another copy has this data folder already. Errors: StartError. */
export async function startShell(commandLine: CommandLine): Promise<Shell> {
  setNativeLanguage([new Intl.DateTimeFormat().resolvedOptions().locale], localesFolder);
  const files = listBuiltRenderer(rendererFolder);
  const chosen = commandLine.dataFolder ?? defaultDataFolder();
  try {
    return await startOn(prepareDataFolder(chosen), commandLine, files);
  } catch (error) {
    throw toStartError(error, chosen);
  }
}

async function startOn(
  dataFolder: string,
  commandLine: CommandLine,
  files: ReadonlyMap<string, RendererFile>,
): Promise<Shell> {
  const instance = claimInstance(dataFolder);
  if (!instance) return { kind: 'already-running', dataFolder };
  // What has to end when the shell ends, or fails to start; the newest first.
  const closing = new AsyncDisposableStack();
  closing.defer(() => instance.release());
  try {
    const { newLink } = await serveServices(commandLine, dataFolder, files, closing);
    return { kind: 'running', newLink, close: () => closing.disposeAsync() };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

async function serveServices(
  commandLine: CommandLine,
  dataFolder: string,
  files: ReadonlyMap<string, RendererFile>,
  closing: AsyncDisposableStack,
): Promise<ShellServer> {
  const ports = createPorts(dataFolder, commandLine);
  const services = await createServices(ports);
  closing.defer(() => services.close());
  const dispatcher = createDispatcher<typeof contract, IncomingMessage>(contract, services.handlers, {
    // Host, Origin and token were checked before the body was read; a caller that has gone gets no work done.
    isTrusted: (request) => !request.socket.destroyed,
    report: createFaultReporter(ports.log),
  });
  const headers = pageHeaders({ connectSrc: "'self'" });
  const server = await startShellServer(commandLine.port, { files, headers, dispatcher });
  closing.defer(() => server.close());
  services.onEvent(server.send);
  ports.log.info('browser shell started', { address: server.address });
  return server;
}
