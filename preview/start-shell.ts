import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentSecurityPolicy } from '../electron/services/page/content-security-policy.ts';
import { createServices } from '../electron/services/create-services.ts';
import { prepareDataFolder } from '../electron/services/files/data-folder.ts';
import { createFaultReporter } from '../electron/services/log/fault-reporter.ts';
import { contract } from '../shared/contract/index.ts';
import { createDispatcher } from '../shared/rpc/dispatcher.ts';
import type { CommandLine } from './command-line.ts';
import { defaultDataFolder } from './data-folder.ts';
import { followUse } from './follow-use.ts';
import { askFirstCopy, claimInstance, runFolderPrefix, type Instance, type Whereabouts } from './instance.ts';
import { createWindowOpener } from './open-window.ts';
import { createPorts } from './ports/create-ports.ts';
import { startShellServer, type ShellServer, type ShellServerOptions } from './shell-server.ts';
import { temporaryFolderError, toStartError } from './start-error.ts';
import { readStaticFiles, type StaticFile } from './static-files.ts';

const rendererFolder = fileURLToPath(new URL('../dist/renderer', import.meta.url));

const headers = {
  'content-security-policy': contentSecurityPolicy({ connectSrc: "'self'" }),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export type Shell =
  /** `where` is undefined if that copy does not answer. */
  | { readonly kind: 'already-running'; readonly dataFolder: string; readonly where: Whereabouts | undefined }
  | ({ readonly kind: 'running'; close(): Promise<void> } & Running);

interface Running {
  readonly where: Whereabouts;
  /** Why there is no window although one was asked for; for the person at the terminal. */
  readonly noWindowBecause: string | undefined;
  /** Resolves when the window is closed and no other page is open; never where there was no window. */
  readonly left: Promise<void>;
}

/** Starts everything, or finds the copy that has this data folder already. Errors: StartError. */
export async function startShell(commandLine: CommandLine): Promise<Shell> {
  const files = readStaticFiles(rendererFolder);
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
  files: ReadonlyMap<string, StaticFile>,
): Promise<Shell> {
  const instance = claimInstance(dataFolder);
  const wish = commandLine.open ? 'window' : 'link';
  if (!instance) return { kind: 'already-running', dataFolder, where: await askFirstCopy(dataFolder, wish) };
  // What has to end when the shell ends, or fails to start; the newest first.
  const closing = new AsyncDisposableStack();
  closing.defer(() => instance.release());
  try {
    const running = await startParts(commandLine, dataFolder, files, instance, closing);
    return { kind: 'running', ...running, close: () => closing.disposeAsync() };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

async function startParts(
  commandLine: CommandLine,
  dataFolder: string,
  files: ReadonlyMap<string, StaticFile>,
  instance: Instance,
  closing: AsyncDisposableStack,
): Promise<Running> {
  const runFolder = makeRunFolder();
  closing.defer(() => rmSync(runFolder, { recursive: true, force: true }));
  const use = followUse(() => opener.state() !== 'closed' || server.pages() > 0);
  const server = await serveServices(commandLine, dataFolder, { files, headers, onPageLeft: use.check }, closing);
  const opener = createWindowOpener(server.newLink, join(runFolder, 'browser'), use.check);
  closing.defer(() => opener.close());
  // Who has a window needs no link, and a line at the terminal may end up in a journal.
  const show = async (wish: Whereabouts['kind']): Promise<Whereabouts> =>
    commandLine.open && wish === 'window' && (await opener.open())
      ? { kind: 'window' }
      : { kind: 'link', url: server.newLink() };
  await instance.answerLaterCopies(runFolder, show);
  return {
    where: await show('window'),
    noWindowBecause: commandLine.open ? opener.obstacle() : undefined,
    left: use.ended,
  };
}

function makeRunFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), runFolderPrefix));
  } catch (error) {
    throw temporaryFolderError(error, tmpdir());
  }
}

async function serveServices(
  commandLine: CommandLine,
  dataFolder: string,
  page: Omit<ShellServerOptions, 'dispatcher'>,
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
  const server = await startShellServer(commandLine.port, { ...page, dispatcher });
  closing.defer(() => server.close());
  services.onEvent(server.send);
  ports.log.info('browser shell started', { address: server.address });
  return server;
}
