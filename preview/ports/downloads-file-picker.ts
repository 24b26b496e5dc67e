import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { refuseDataFolder } from '../../electron/services/files/data-folder.ts';
import { toStorageFault } from '../../electron/services/files/storage-fault.ts';
import { createFile } from '../../electron/services/files/whole-file.ts';
import type { FilePicker } from '../../electron/services/ports.ts';

/**
 * There is no dialog of the system here, so files go where downloads go, under a name that is free; not into the app's
 * own folder (`dataFolder`, real).
 */
export function createDownloadsFilePicker(env: NodeJS.ProcessEnv = process.env, dataFolder?: string): FilePicker {
  return {
    async save({ suggestedName, content }, signal) {
      const folder = await findDownloads(env);
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        throw toStorageFault(error);
      });
      if (dataFolder !== undefined) refuseDataFolder(dataFolder, join(folder, suggestedName));
      signal?.throwIfAborted();
      return createFile(folder, suggestedName, content);
    },
  };
}

/** As the desktop has it (xdg-user-dirs), else `Downloads` in the home folder, as on Windows and macOS. */
async function findDownloads(env: NodeJS.ProcessEnv): Promise<string> {
  const home = env['HOME'] || homedir();
  const file = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'user-dirs.dirs');
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, value = ''] = /^XDG_DOWNLOAD_DIR="((?:[^"\\]|\\.)*)"/m.exec(text) ?? [];
  const folder = value.replace(/^\$HOME(?=\/|$)/, () => home).replace(/\\(.)/g, '$1');
  return isAbsolute(folder) ? folder : join(home, 'Downloads');
}
