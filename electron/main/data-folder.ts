import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';

/**
 * Settles where this copy keeps its data and proves that it can. Comes before the single-instance lock, which
 * belongs to the folder. Chromium's own files get a folder of theirs. Errors: those of node:fs.
 */
export function prepareDataFolder(chosen: string | undefined): string {
  if (chosen !== undefined) {
    app.setPath('userData', resolve(chosen));
    app.setAppLogsPath(join(resolve(chosen), 'logs'));
  }
  const folder = app.getPath('userData');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.W_OK);
  app.setPath('sessionData', join(folder, 'chromium'));
  return folder;
}
