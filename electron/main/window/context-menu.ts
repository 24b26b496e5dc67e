import { Menu, type BrowserWindow, type EditFlags, type MenuItemConstructorOptions } from 'electron';

/** What a right click offers in a field, and on a text that is marked. Electron offers nothing by itself. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, { editFlags, isEditable, selectionText, frame }) => {
    const items = itemsFor(editFlags, isEditable, selectionText.trim() !== '');
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window, ...(frame && { frame }) });
  });
}

function itemsFor(flags: EditFlags, isEditable: boolean, hasSelection: boolean): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', enabled: flags.canCopy };
  if (isEditable) {
    return [
      { role: 'cut', enabled: flags.canCut },
      copy,
      { role: 'paste', enabled: flags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: flags.canSelectAll },
    ];
  }
  return hasSelection ? [copy] : [];
}
