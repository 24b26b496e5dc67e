import type { BaseWindow, Dialog, SaveDialogOptions } from 'electron';
import { replaceFile } from '../../services/files/whole-file.ts';
import type { FilePicker } from '../../services/ports.ts';

/** The system's own dialog, over the window in use; it asks by itself before a file is replaced. */
export function createDialogFilePicker(dialog: Pick<Dialog, 'showSaveDialog'>, findWindow: () => BaseWindow | null): FilePicker {
  return {
    async save({ suggestedName, content }) {
      const options: SaveDialogOptions = { defaultPath: suggestedName, properties: ['showOverwriteConfirmation', 'createDirectory'] };
      const window = findWindow();
      const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (canceled || filePath === '') return null;
      await replaceFile(filePath, content);
      return filePath;
    },
  };
}
