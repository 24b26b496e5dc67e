import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createEmbeddedProvider } from '../../electron/services/embedded/embedded-provider.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import { createSettingsFile } from '../../electron/services/files/settings-file.ts';
import { findSsh } from '../../electron/services/features/ssh-keys/find-ssh.ts';
import { startNodeKeyWorker } from '../../electron/services/features/ssh-keys/worker/node-key-worker.ts';
import { createFileLog } from '../../electron/services/log/file-log.ts';
import type { Ports } from '../../electron/services/ports.ts';
import type { PresetId } from '../../shared/presets.ts';
import { forkEmbeddedServer } from './children.ts';
import { createDownloadsFilePicker } from './downloads-file-picker.ts';
import { createKeyringKeyWrapper } from './keyring-key-wrapper.ts';
import { createNoKeyWrapper } from './no-key-wrapper.ts';
import { askAtTerminal, createPageOriginQuestion } from './page-origin-question.ts';
import { createToolClipboard } from './tool-clipboard.ts';
import { createToolNotifier } from './tool-notifier.ts';

const packageSchema = z.object({ version: z.string() });

/** The ports of the browser shell. `dataFolder` is real and can be written. */
export function createPorts(dataFolder: string, options: { keyStore: boolean; embeddedPreset: PresetId }): Ports {
  const clock = createSystemClock();
  const log = createFileLog({ folder: join(dataFolder, 'logs'), clock });
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return {
    shell: 'browser',
    version: packageSchema.parse(JSON.parse(manifest)).version,
    keyWrapper: options.keyStore ? createKeyringKeyWrapper() : createNoKeyWrapper(),
    files: createNodeFileStore(join(dataFolder, 'store'), clock),
    settingsFile: createSettingsFile(dataFolder),
    filePicker: createDownloadsFilePicker(),
    ssh: findSsh(startNodeKeyWorker),
    // The page is in the person's own browser: it offers the address as a link there.
    browser: { open: () => Promise.resolve(false) },
    originQuestion: createPageOriginQuestion(askAtTerminal),
    clipboard: createToolClipboard(),
    notifier: createToolNotifier(),
    embedded: createEmbeddedProvider({
      fork: forkEmbeddedServer,
      folder: join(dataFolder, 'embedded'),
      preset: options.embeddedPreset,
      clock,
      log,
    }),
    clock,
    log,
  };
}
