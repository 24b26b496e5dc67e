import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type {
  BaseWindow,
  Dialog,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder, type TempFolder } from '../../../tests/support/temp-folder.ts';
import { createDialogFilePicker, type DialogFilePickerOptions } from './dialog-file-picker.ts';

let folder: TempFolder;
beforeEach(() => (folder = makeTempFolder()));
afterEach(() => folder[Symbol.dispose]());

const window = { title: 'ours' } as BaseWindow;

const places = {
  ...{ platform: 'win32' as const, sshFolder: '/no such folder/.ssh', homeFolder: '/home/mara' },
  dataFolder: '/no such folder/data',
};

/** A dialog whose person answers at once. */
function setUp(
  answer: SaveDialogReturnValue | Promise<SaveDialogReturnValue>,
  focused: BaseWindow | null = window,
  own: Partial<DialogFilePickerOptions> = {},
) {
  const asked: { over: BaseWindow | null; options: SaveDialogOptions }[] = [];
  const showSaveDialog = ((first: BaseWindow | SaveDialogOptions, second?: SaveDialogOptions) => {
    asked.push(
      second ? { over: first as BaseWindow, options: second } : { over: null, options: first as SaveDialogOptions },
    );
    return Promise.resolve(answer);
  }) as Dialog['showSaveDialog'];
  return {
    asked,
    picker: createDialogFilePicker({
      ...places,
      dialog: { showSaveDialog, showOpenDialog: () => Promise.reject(new Error('not asked for')) },
      findWindow: () => focused,
      ...own,
    }),
  };
}

/** The same for choosing. */
function setUpChoice(answer: OpenDialogReturnValue, options: Partial<DialogFilePickerOptions> = {}) {
  const asked: OpenDialogOptions[] = [];
  const showOpenDialog = ((_window: BaseWindow, options: OpenDialogOptions) => {
    asked.push(options);
    return Promise.resolve(answer);
  }) as Dialog['showOpenDialog'];
  return {
    asked,
    picker: createDialogFilePicker({
      ...places,
      dialog: { showSaveDialog: () => Promise.reject(new Error('not asked for')), showOpenDialog },
      findWindow: () => window,
      ...options,
    }),
  };
}

const file = { suggestedName: 'recovery-codes.txt', content: Buffer.from('codes') };

describe('E5 saving in Electron', () => {
  it('asks over our window, with a name, before it replaces a file, and writes for the owner alone', async () => {
    const filePath = join(folder.path, 'mine.txt');
    writeFileSync(filePath, 'older', { mode: 0o644 });
    const { asked, picker } = setUp({ canceled: false, filePath });
    expect(await picker.save(file)).toBe(filePath);
    expect(asked).toEqual([
      {
        over: window,
        options: { defaultPath: 'recovery-codes.txt', properties: ['showOverwriteConfirmation', 'createDirectory'] },
      },
    ]);
    expect(readFileSync(filePath, 'utf8')).toBe('codes');
    if (process.platform !== 'win32') expect(statSync(filePath).mode & 0o777).toBe(0o600);
  });

  it('asks also where no window of ours is in front', async () => {
    const { asked, picker } = setUp({ canceled: false, filePath: join(folder.path, 'mine.txt') }, null);
    await picker.save(file);
    expect(asked[0]?.over).toBeNull();
  });

  it('X11 lets go at a lock, and writes nothing, whatever the dialog says after that', async () => {
    let answer = (_value: SaveDialogReturnValue): void => undefined;
    const locked = new Error('locked');
    const controller = new AbortController();
    const filePath = join(folder.path, 'mine.txt');
    const { picker } = setUp(new Promise((resolve) => (answer = resolve)));
    const saving = picker.save(file, controller.signal);
    controller.abort(locked);
    await expect(saving).rejects.toBe(locked);
    answer({ canceled: false, filePath });
    await setImmediate();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('keeps nothing among the app’s own files, by whatever way one gets there', async () => {
    const own = join(folder.path, 'own');
    mkdirSync(join(own, 'store'), { recursive: true });
    symlinkSync(own, join(folder.path, 'link'));
    for (const filePath of [join(own, 'a'), join(own, 'store', 'a'), join(folder.path, 'link', 'a')]) {
      const { picker } = setUp({ canceled: false, filePath }, window, { dataFolder: own });
      await expect(picker.save(file)).rejects.toMatchObject({ details: { reason: 'data-folder' } });
    }
    const beside = setUp({ canceled: false, filePath: join(folder.path, 'owner') }, window, { dataFolder: own });
    expect(await beside.picker.save(file)).toBe(join(folder.path, 'owner'));
  });

  it('leaves the former file where what is to be written fails in the middle', async () => {
    const filePath = join(folder.path, 'mine.txt');
    writeFileSync(filePath, 'older');
    const { picker } = setUp({ canceled: false, filePath });
    const content = (async function* () {
      yield Buffer.from('half');
      await Promise.reject(new Error('locked'));
    })();
    await expect(picker.save({ suggestedName: 'x', content })).rejects.toMatchObject({ code: 'storage-fault' });
    expect([readFileSync(filePath, 'utf8'), readdirSync(folder.path)]).toEqual(['older', ['mine.txt']]);
  });

  it('writes nothing when the person gives up', async () => {
    const { picker } = setUp({ canceled: true, filePath: '' });
    expect(await picker.save(file)).toBeNull();
  });

  it('is a storage fault where the file cannot be written', async () => {
    const { picker } = setUp({ canceled: false, filePath: join(folder.path, 'no such folder', 'mine.txt') });
    await expect(picker.save(file)).rejects.toMatchObject({ code: 'storage-fault' });
  });
});

describe('D4 choosing in Electron', () => {
  it('asks for files or one folder, hidden ones too, and gives their paths', async () => {
    const { asked, picker } = setUpChoice({ canceled: false, filePaths: ['/home/mara/.ssh/id_rsa'] });
    expect([await picker.choose?.('files'), await picker.choose?.('folder')]).toEqual([
      ['/home/mara/.ssh/id_rsa'],
      ['/home/mara/.ssh/id_rsa'],
    ]);
    expect(asked.map(({ properties }) => properties)).toEqual([
      ['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
      ['openDirectory', 'showHiddenFiles', 'dontAddToRecent'],
    ]);
  });

  it('begins where keys lie, then where the person chose last; at home if there is no such folder', async () => {
    const chosen = join(folder.path, 'stick');
    mkdirSync(chosen);
    const answer = { canceled: false, filePaths: [join(chosen, 'id_rsa')] };
    const { asked, picker } = setUpChoice(answer, { sshFolder: folder.path });
    for (const what of ['files', 'folder'] as const) await picker.choose?.(what);
    expect(asked.map(({ defaultPath }) => defaultPath)).toEqual([folder.path, chosen]);
    const elsewhere = setUpChoice(answer);
    await elsewhere.picker.choose?.('files');
    expect(elsewhere.asked[0]?.defaultPath).toBe('/home/mara');
  });

  it.each([
    ['linux', /Ctrl\+H/],
    ['darwin', undefined],
    ['win32', undefined],
  ] as const)('on %s says how to see hidden files where the dialog has to be told', async (platform, hint) => {
    const { asked, picker } = setUpChoice({ canceled: true, filePaths: [] }, { platform });
    await picker.choose?.('files');
    if (hint) expect(asked[0]?.title).toMatch(hint);
    else expect(asked[0]).not.toHaveProperty('title');
  });

  it('gives null if the person cancelled', async () => {
    expect(await setUpChoice({ canceled: true, filePaths: [] }).picker.choose?.('files')).toBeNull();
  });
});
