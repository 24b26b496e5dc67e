import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toLine } from '../../electron/services/features/transfer/records.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { makeThrowAwayKey, sha256Fingerprint } from '../../ssh-keys/index.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';
import { openExport, openFile } from './transfer-under-test.ts';

const passphrase = 'seven tulips behind the mill';
const { publicKey, agentForm } = makeThrowAwayKey();
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const key = { sha256: sha256Fingerprint(publicKey), blob: base64(publicKey.blob), agentForm: base64(agentForm) };
const draft = (mine: string) => ({
  savedAt: '2026-11-29T00:00:00.000Z',
  edit: { path: 'contact.city', base: 'Ulm', mine },
});

let home: TempFolder;
let app: AppUnderTest;
let opened: Awaited<ReturnType<typeof openExport>>;
beforeAll(async () => {
  home = makeTempFolder();
  app = await openApp(home.path, { filePicker: createDownloadsFilePicker({ HOME: home.path }) });
  const { file } = await app.calls.transfer.exportFile({ parts: ['settings'], passphrase, current: null });
  opened = await openExport(readFileSync(file!), passphrase);
});
afterAll(async () => {
  await app.close();
  home[Symbol.dispose]();
});

/** What is shown of a file with these, of one account. Errors: Error, with the kind of the problem. */
async function previewOf(ref: number, part: string, values: readonly object[]) {
  const account = { kind: 'gitea', address: 'https://forge.example', personId: '7' } as const;
  const lines = values.map((value) => toLine.part(ref, part, value));
  const file = await opened.seal([
    opened.lines[0]!,
    toLine.account(1, { ...account, providerName: 'Forge', name: 'Mara', email: '' }),
    ...lines,
    toLine.end(lines.length + 1),
  ]);
  return (await openFile(app, file, passphrase)).preview;
}

describe('X14 a file that somebody made by hand', () => {
  it.each<[string, number, object, object]>([
    ['settings', 0, { name: 'theme', value: 'dark' }, { name: 'theme', value: 'light' }],
    ['sessionNames', 1, { id: 'a', name: 'one' }, { id: 'a', name: 'two' }],
    ['drafts', 1, draft('Bonn'), draft('Kiel')],
    ['privateKeys', 1, { ...key, comment: 'one' }, { ...key, comment: 'two' }],
  ])('is refused at its preview where it has two of one name: %s', async (part, ref, one, two) => {
    expect((await previewOf(ref, part, [one])).accounts).toHaveLength(1);
    await expect(previewOf(ref, part, [one, two])).rejects.toThrow('wrong-content');
    await expect(previewOf(ref, part, [one, one])).rejects.toThrow('wrong-content');
  });

  it('is asked about where a setting protects this computer less, and the very value agreed to is taken', async () => {
    await app.calls.settings.update({ lockAfterMinutes: 5 });
    const seal = (value: number | null) =>
      opened.seal([opened.lines[0]!, toLine.part(0, 'settings', { name: 'lockAfterMinutes', value }), toLine.end(1)]);
    const changed = await openFile(app, await seal(15), passphrase);
    expect(changed.preview.conflicts).toMatchObject([{ theirs: '15', isWeaker: true }]);
    const agreed = [changed.preview.conflicts[0]!.conflictId];
    // Another one is read the second time.
    await changed.take(agreed, await seal(null));
    expect(await app.calls.settings.get()).toMatchObject({ lockAfterMinutes: 5 });
    await (await openFile(app, await seal(15), passphrase)).take(agreed);
    expect(await app.calls.settings.get()).toMatchObject({ lockAfterMinutes: 15 });
  });
});
