import * as z from 'zod';
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
  once(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
}

/** The key of the data, Base64 of 32 bytes: the only message to this process, where it was started with `keyFlag`. */
const keyFlag = '--key-by-message';
const keySchema = z.object({ dataKey: z.base64().length(44) });
const { parentPort } = process as { readonly parentPort?: ParentPort };

// Without its parent nobody could reach this server any more.
process.once('disconnect', () => process.exit());
send(await start());

async function start(): Promise<EmbeddedMessage> {
  try {
    const flags = process.argv.slice(2);
    const { dataFolder, preset, resetDemoPassword } = readArguments(
      flags.filter((flag) => flag !== keyFlag),
      {},
    );
    const dataKey = flags.includes(keyFlag) ? await receiveKey() : undefined;
    const server = await createServer({ dataFolder, preset, report: logInternal, ...(dataKey && { dataKey }) });
    process.once('SIGTERM', () => void server.close().finally(() => process.exit()));
    const { permissions, triesToo = [] } = preset.demo;
    const demo = await server.ensureDemoAccount({
      resetPassword: resetDemoPassword,
      permissions: [...permissions, ...triesToo],
      isLively: true,
    });
    return { kind: 'ready', address: await server.listen(0), demo };
  } catch (error) {
    const reason = error instanceof StorageError ? error.reason : 'other';
    process.exitCode = 1;
    return { kind: 'failed', reason, message: error instanceof Error ? error.message : String(error) };
  }
}

async function receiveKey(): Promise<Uint8Array> {
  const message = await new Promise<unknown>((resolve) => {
    if (parentPort) parentPort.once('message', ({ data }) => resolve(data));
    else process.once('message', resolve);
  });
  return Buffer.from(keySchema.parse(message).dataKey, 'base64');
}

function send(message: EmbeddedMessage): void {
  if (parentPort) parentPort.postMessage(message);
  // A failed start has nothing more to do: without the channel the process ends by itself.
  else process.send?.(message, () => message.kind === 'failed' && process.disconnect());
}

function logInternal(reference: string, cause: unknown): void {
  process.stderr.write(
    `internal error ${reference}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
}
