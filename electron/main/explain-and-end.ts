import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';

let isEnding = false;

/** Whether the app is only there any more to say why it ends. */
export const isOnlyEnding = (): boolean => isEnding;

/**
 * Says why the app ends, and ends it, with code 1. Before Electron is ready Linux has no window for it yet:
 * so there Electron comes up first, without any of ours, in a folder that goes again.
 */
export function explainAndEnd(message: string, detail: string): void {
  isEnding = true;
  if (process.platform !== 'linux' || app.isReady()) return end(message, detail);
  const folder = mkdtempSync(join(tmpdir(), 'profile-desk-'));
  for (const name of ['userData', 'sessionData'] as const) app.setPath(name, folder);
  app
    .whenReady()
    .then(() => end(message, detail, () => rmSync(folder, { recursive: true, force: true })))
    .catch(() => app.exit(1));
}

function end(message: string, detail: string, cleanUp = (): void => undefined): void {
  dialog.showErrorBox(message, detail);
  cleanUp();
  app.exit(1);
}
