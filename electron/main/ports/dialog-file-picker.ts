import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BaseWindow, Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { untilAborted } from '../../services/core/until-aborted.ts';
import { nativeText } from '../../services/core/native-text.ts';
import { refuseDataFolder } from '../../services/files/data-folder.ts';
import { replaceFile } from '../../services/files/whole-file.ts';
import type { FilePicker } from '../../services/ports.ts';

export interface DialogFilePickerOptions {
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>;
  /** The window in use, if one of ours is. */
  readonly findWindow: () => BaseWindow | null;
  readonly platform: NodeJS.Platform;
  /** Where people keep their keys, and where to begin if there is no such folder. */
  readonly sshFolder: string;
  readonly homeFolder: string;
  /** The app's own, real: nothing is saved there. */
  readonly dataFolder: string;
}

/** The system's own dialog, over the window in use; it asks by itself before a file is replaced. */
export function createDialogFilePicker(options: DialogFilePickerOptions): FilePicker {
  const { dialog, findWindow } = options;
  /** Where the person chose last in this run. */
  let lastFolder: string | undefined;

  return {
    async save({ suggestedName, content }, signal) {
      const saving: SaveDialogOptions = {
        defaultPath: suggestedName,
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      };
      const window = findWindow();
      const asked = window ? dialog.showSaveDialog(window, saving) : dialog.showSaveDialog(saving);
      // Electron cannot take this dialog away.
      const { canceled, filePath } = await untilAborted(asked, signal);
      if (canceled || filePath === '') return null;
      refuseDataFolder(options.dataFolder, filePath);
      await replaceFile(filePath, content);
      return filePath;
    },
    async choose(what) {
      const choosing = openOptions(what, options, lastFolder);
      const window = findWindow();
      const { canceled, filePaths } = await (window
        ? dialog.showOpenDialog(window, choosing)
        : dialog.showOpenDialog(choosing));
      const [first] = filePaths;
      if (canceled || first === undefined) return null;
      lastFolder = what === 'folder' ? first : dirname(first);
      return filePaths;
    },
  };
}

/** Keys lie in a hidden folder: the dialog begins there, and shows what is hidden where Electron can ask for that. */
function openOptions(
  what: 'files' | 'folder',
  { platform, sshFolder, homeFolder }: DialogFilePickerOptions,
  lastFolder: string | undefined,
): OpenDialogOptions {
  const start = [lastFolder, sshFolder].find((folder) => folder !== undefined && existsSync(folder));
  return {
    defaultPath: start ?? homeFolder,
    // Electron 43 took `showHiddenFiles` away on Linux: the dialogs there know a key for it.
    ...(platform === 'linux' && {
      title: nativeText(`chooser.${what}`),
    }),
    properties: [
      ...(what === 'folder' ? (['openDirectory'] as const) : (['openFile', 'multiSelections'] as const)),
      'showHiddenFiles',
      'dontAddToRecent',
    ],
  };
}
