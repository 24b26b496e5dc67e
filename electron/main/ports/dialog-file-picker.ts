import type { BaseWindow, Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { replaceFile } from '../../services/files/whole-file.ts';
import type { FilePicker } from '../../services/ports.ts';

/** The system's own dialog, over the window in use; it asks by itself before a file is replaced. */
export function createDialogFilePicker(
  dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>,
  findWindow: () => BaseWindow | null,
): FilePicker {
  return {
    async save({ suggestedName, content }) {
      const options: SaveDialogOptions = {
        defaultPath: suggestedName,
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      };
      const window = findWindow();
      const { canceled, filePath } = await (window
        ? dialog.showSaveDialog(window, options)
        : dialog.showSaveDialog(options));
      if (canceled || filePath === '') return null;
      await replaceFile(filePath, content);
      return filePath;
    },
    async choose(what) {
      // Hidden files are shown: keys lie in a hidden folder.
      const properties: OpenDialogOptions['properties'] = [
        ...(what === 'folder' ? (['openDirectory'] as const) : (['openFile', 'multiSelections'] as const)),
        'showHiddenFiles',
        'dontAddToRecent',
      ];
      const window = findWindow();
      const { canceled, filePaths } = await (window
        ? dialog.showOpenDialog(window, { properties })
        : dialog.showOpenDialog({ properties }));
      return canceled || filePaths.length === 0 ? null : filePaths;
    },
  };
}
