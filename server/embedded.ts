import { AppError } from '../shared/contract/errors.ts';
import type { EmbeddedContract } from '../shared/embedded-server.ts';
import type { Handlers } from '../shared/rpc/define.ts';
import { linkToParent } from '../shared/rpc/message-link.ts';
import { serveCalls } from '../shared/rpc/serve-calls.ts';
import { createServer } from './create-server.ts';
import { StorageError } from './database/database.ts';
import { byPreset } from './presets/presets.ts';

// What runs in the process of the embedded server, which listens once it was asked to.

type Start = Handlers<EmbeddedContract>['server']['start'];

// Without its parent nobody could reach this server any more.
process.once('disconnect', () => process.exit());
serveCalls<EmbeddedContract>(
  linkToParent(process),
  { server: { start: (input) => start(input).catch(explain) } },
  textOf,
);

async function start({ dataFolder, preset: id, resetDemoPassword, dataKey }: Parameters<Start>[0]) {
  const preset = byPreset[id];
  // A copy: the bytes of a call are wiped after it.
  const key = dataKey && { dataKey: Buffer.from(dataKey) };
  const server = await createServer({ dataFolder, preset, report: logInternal, ...key });
  process.once('SIGTERM', () => void server.close().finally(() => process.exit()));
  const { permissions, triesToo = [] } = preset.demo;
  const demo = await server.ensureDemoAccount({
    resetPassword: resetDemoPassword,
    permissions: [...permissions, ...triesToo],
    isLively: true,
  });
  return { kind: 'ready' as const, address: await server.listen(0), demo };
}

function explain(error: unknown): { readonly kind: 'other-key' } {
  if (!(error instanceof StorageError) || error.reason === 'other') throw error;
  if (error.reason === 'other-key') return { kind: 'other-key' };
  throw new AppError('storage-fault', { reason: error.reason }, error);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function logInternal(reference: string, cause: unknown): void {
  process.stderr.write(
    `internal error ${reference}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
}
