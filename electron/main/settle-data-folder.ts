import { join, resolve } from 'node:path';
import { app } from 'electron';
import { prepareDataFolder } from '../services/files/data-folder.ts';

/**
 * Settles where this copy keeps its data and proves that it can. Comes before the single-instance lock, which
 * belongs to the folder. Chromium's own files get a folder of theirs. Errors: AppError storage-fault.
 */
export function settleDataFolder(chosen: string | undefined): string {
  if (!app.isPackaged) keepApart();
  if (chosen !== undefined) {
    app.setPath('userData', resolve(chosen));
    app.setAppLogsPath(join(resolve(chosen), 'logs'));
  }
  const folder = prepareDataFolder(app.getPath('userData'));
  // Not called after a cache: on Windows there is a key in it (ports/windows-wrapping-key.ts).
  app.setPath('sessionData', join(folder, 'chromium-keep'));
  return folder;
}

/**
 * A build in development takes neither the data of the installed app, nor its lock, nor its entry in the key store,
 * which is called after the app.
 */
function keepApart(): void {
  app.setPath('userData', `${app.getPath('userData')} (development)`);
  app.setName(`${app.getName()} (development)`);
}
