import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootApp, type BootedApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();
let app: BootedApp;
beforeAll(async () => {
  app = bootApp(built);
  await app.waitFor('window.show');
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface Item {
  readonly role?: string;
  readonly enabled?: boolean;
  readonly accelerator?: string;
  readonly visible?: boolean;
  readonly submenu?: readonly Item[];
}
const last = async () => ((await app.waitFor('menu.popup')).detail as Item[]).filter(({ role }) => role);
const popups = async () => (await app.calls()).filter((call) => call === 'menu.popup').length;

describe('X13 a right click', () => {
  it('in a field offers what can be done there, and nothing else', async () => {
    await app.does.openContextMenu({ isEditable: true, selectionText: '' }, ['canPaste', 'canSelectAll']);
    expect(await last()).toEqual([
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste', enabled: true },
      { role: 'selectAll', enabled: true },
    ]);
  });

  it('on marked text offers to copy it; elsewhere there is no menu', async () => {
    await app.does.openContextMenu({ isEditable: false, selectionText: 'SHA256:abc' }, ['canCopy', 'canSelectAll']);
    expect(await last()).toEqual([{ role: 'copy', enabled: true }]);
    const before = await popups();
    await app.does.openContextMenu({ isEditable: false, selectionText: ' ' }, ['canSelectAll']);
    expect(await popups()).toBe(before);
  });
});

describe('X13 zooming in', () => {
  it('also listens to the key as it is labelled, without Shift', async () => {
    const menu = (await app.waitFor('Menu.setApplicationMenu')).detail as Item[];
    const items = menu.flatMap(({ submenu = [] }) => submenu).filter(({ role }) => role === 'zoomIn');
    expect(items).toEqual([
      { role: 'zoomIn' },
      { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    ]);
  });
});

describe('X12 the end of a session of Windows', () => {
  it('takes a copied secret off the clipboard', async () => {
    expect(await app.does.request('clipboard.copySecret', { text: 'pdk_secret' })).toMatchObject({ ok: true });
    expect(await app.does.clipboardText()).toBe('pdk_secret');
    await app.does.endSession();
    await app.waitFor('clipboard.clear');
    expect(await app.does.clipboardText()).toBe('');
  });
});
