import { join } from 'node:path';
import type { PresetId } from '../../shared/presets.ts';
import { createEmbeddedProvider } from './embedded/embedded-provider.ts';
import { findSsh } from './features/ssh-keys/find-ssh.ts';
import { createNodeFileStore } from './files/node-file-store.ts';
import { createSettingsFile, type OpenSettingsStore } from './files/settings-file.ts';
import type { Child, Clock, Log, Ports } from './ports.ts';

/** Below the data folder: what is sealed, and the keys to it. */
export const storeName = 'store';

export interface LocalPortsOptions {
  /** Real, and can be written. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Of the reference API inside the app. */
  readonly preset: PresetId;
  readonly openSettingsStore: OpenSettingsStore;
  readonly startKeyWorker: () => Child;
  /** Starts server/embedded.ts, and hands on what it writes to its standard error. */
  readonly forkEmbeddedServer: (onErrorOutput: (text: string) => void) => Child;
}

/** The ports that are alike in both shells: what lies below the data folder, and what SSH has on this computer. */
export function createLocalPorts(
  options: LocalPortsOptions,
): Pick<Ports, 'files' | 'settingsFile' | 'ssh' | 'embedded' | 'clock' | 'log'> {
  const { dataFolder, clock, log, preset } = options;
  return {
    files: createNodeFileStore(join(dataFolder, storeName), clock),
    settingsFile: createSettingsFile(dataFolder, options.openSettingsStore),
    ssh: findSsh(options.startKeyWorker),
    embedded: createEmbeddedProvider({
      fork: options.forkEmbeddedServer,
      folder: join(dataFolder, 'embedded'),
      preset,
      clock,
      log,
    }),
    clock,
    log,
  };
}
