import type { PresetId } from '../../shared/presets.ts';
import { bundleOf } from './bundles.ts';
import { spawnWatched, type Spawned } from './spawned.ts';

export interface ReferenceServer extends Spawned {
  /** Base URL. */
  readonly address: string;
  readonly demo: { readonly identifier: string; readonly password: string };
}

export interface ReferenceServerOptions {
  readonly dataFolder: string;
  /** The same port again brings a known server back. */
  readonly port?: number;
  readonly preset?: PresetId;
  readonly args?: readonly string[];
}

/** The reference API as a process of its own. The demo account gets a new password at each start. */
export async function startServer({
  dataFolder,
  port = 0,
  preset = 'control-account',
  args = [],
}: ReferenceServerOptions): Promise<ReferenceServer> {
  const options = ['--port', String(port), '--data', dataFolder, '--preset', preset, '--reset-demo-password', ...args];
  const server = spawnWatched(process.execPath, [await bundleOf('server'), ...options]);
  const [, address] = await server.waitFor(/ at (http:\/\/\S+),/);
  const [, identifier, password] = await server.waitFor(/Demo account: (\S+), password: (\S+)/);
  return { ...server, address: address!, demo: { identifier: identifier!, password: password! } };
}
