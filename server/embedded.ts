import { readArguments } from './arguments.ts';
import { createServer } from './create-server.ts';
import { StorageError } from './database/database.ts';
import type { Demo } from './demo/demo-account.ts';

/** The one message this process sends to the one that started it. */
export type EmbeddedMessage =
  | { readonly kind: 'ready'; readonly address: string; readonly demo: Demo }
  | { readonly kind: 'failed'; readonly reason: StorageError['reason']; readonly message: string };

/** What Electron adds to the process of a utilityProcess. */
interface ParentPort {
  postMessage(message: EmbeddedMessage): void;
}

// Without its parent nobody could reach this server any more.
process.once('disconnect', () => process.exit());
send(await start());

async function start(): Promise<EmbeddedMessage> {
  try {
    const { dataFolder, preset, resetDemoPassword } = readArguments(process.argv.slice(2), {});
    const server = await createServer({ dataFolder, preset, report: logInternal });
    process.once('SIGTERM', () => void server.close().finally(() => process.exit()));
    const demo = await server.ensureDemoAccount({ resetPassword: resetDemoPassword });
    return { kind: 'ready', address: await server.listen(0), demo };
  } catch (error) {
    const reason = error instanceof StorageError ? error.reason : 'other';
    process.exitCode = 1;
    return { kind: 'failed', reason, message: error instanceof Error ? error.message : String(error) };
  }
}

function send(message: EmbeddedMessage): void {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort) parentPort.postMessage(message);
  // A failed start has nothing more to do: without the channel the process ends by itself.
  else process.send?.(message, () => message.kind === 'failed' && process.disconnect());
}

function logInternal(reference: string, cause: unknown): void {
  process.stderr.write(
    `internal error ${reference}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
}
