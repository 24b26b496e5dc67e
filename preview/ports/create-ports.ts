import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { nativeText } from '../../electron/services/core/native-text.ts';
import { createLocalPorts } from '../../electron/services/create-local-ports.ts';
import { startNodeKeyWorker } from '../../electron/services/features/ssh-keys/worker/node-key-worker.ts';
import { createFileLog } from '../../electron/services/log/file-log.ts';
import type { KeyWrapper, Ports } from '../../electron/services/ports.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { PresetId } from '../../shared/presets.ts';
import type { Terminal } from '../terminal.ts';
import { forkEmbeddedServer } from './children.ts';
import { createDownloadsFilePicker } from './downloads-file-picker.ts';
import { createKeyringKeyWrapper } from './keyring-key-wrapper.ts';
import { openConf } from './open-conf.ts';
import { createToolClipboard } from './tool-clipboard.ts';
import { createToolNotifier } from './tool-notifier.ts';

export interface PortsOptions {
  readonly keyStore: boolean;
  readonly answerWithinSeconds: number;
  readonly embeddedPreset: PresetId;
  readonly terminal: Pick<Terminal, 'ask'>;
}

const packageSchema = z.object({ version: z.string() });

/** The ports of the browser shell. `dataFolder` is real and can be written. */
export function createPorts(
  dataFolder: string,
  { keyStore, answerWithinSeconds, embeddedPreset, terminal }: PortsOptions,
): Ports {
  const clock = createSystemClock();
  const log = createFileLog({ folder: join(dataFolder, 'logs'), clock });
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return {
    ...createLocalPorts({
      ...{ dataFolder, clock, log, preset: embeddedPreset },
      openSettingsStore: openConf,
      startKeyWorker: startNodeKeyWorker,
      forkEmbeddedServer,
    }),
    shell: 'browser',
    version: packageSchema.parse(JSON.parse(manifest)).version,
    keyWrapper: keyStore ? createKeyringKeyWrapper() : noKeyWrapper,
    filePicker: createDownloadsFilePicker(process.env, dataFolder),
    // The page is in the person's own browser: it offers the address as a link there.
    browser: { open: () => Promise.resolve(false) },
    // A tab has no dialog that its page could not draw.
    originQuestion: {
      ask: (origin, signal) =>
        terminal.ask(nativeText('origin.atTerminal', { origin }), nativeText('origin.yes'), signal),
    },
    clipboard: createToolClipboard(),
    notifier: createToolNotifier(),
    transport: { deadlineMs: answerWithinSeconds * 1_000 },
  };
}

const refuse = () => Promise.reject(new AppError('key-store-unavailable'));
const noKeyWrapper: KeyWrapper = {
  status: () => Promise.resolve({ available: false, cause: 'switched off by --no-key-store', isSwitchedOff: true }),
  wrap: refuse,
  unwrap: refuse,
};
