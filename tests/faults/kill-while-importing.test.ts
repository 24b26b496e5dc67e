import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFile } from '../integration/transfer-under-test.ts';
import { bundleOf } from '../support/bundles.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { killMomentOf, killSeed, maxRoundMs, writeUntilKilled } from '../support/write-until-killed.ts';
import { makeComputer, makeExport, passphrase, startApp, stateOf } from './import-under-kill.ts';

const rounds = process.env['FULL'] ? 300 : 10;
/** Of the importer: as it begins, after each piece, at its end. */
const lineCount = 14;
const importer = await bundleOf('importer');

/** What an import has there only while it runs, and until the next start. */
const passing = /^(staged-import|changes|pending-settings|activity-aside)/;
const passingIn = (folder: string) => readdirSync(folder).filter((name) => passing.test(name));

describe('X14 kill -9 in the middle of an import', () => {
  it(
    `leaves all of it or nothing, and a new one works: ${String(rounds)} rounds, SEED=${String(killSeed)}`,
    { timeout: (rounds + 3) * 2 * maxRoundMs },
    async () => {
      using home = makeTempFolder();
      const [keyFile, exportFile] = [join(home.path, 'key'), join(home.path, 'one.pdexport')];
      const [first, folder] = [join(home.path, 'first'), join(home.path, 'data')];
      const file = await makeExport();
      writeFileSync(exportFile, file);
      mkdirSync(first);
      await makeComputer(first, keyFile);

      const begin = () => {
        rmSync(folder, { recursive: true, force: true });
        cpSync(first, folder, { recursive: true });
      };
      const state = () => stateOf(folder, keyFile);
      /** As a start leaves it, or an import after that. */
      const start = async (isImport: boolean) => {
        const app = await startApp(folder, keyFile);
        await app.calls.accounts.list();
        await expect.poll(() => passingIn(folder), { timeout: maxRoundMs }).toEqual([]);
        if (isImport) await (await openFile(app, file, passphrase)).take();
        if (isImport) await app.calls.accounts.list();
        await expect.poll(() => passingIn(folder), { timeout: maxRoundMs }).toEqual([]);
        await app.close();
      };

      begin();
      await start(false);
      const nothing = await state();
      await start(true);
      const all = await state();
      expect(all.kept.length - nothing.kept.length).toBeGreaterThan(3_000);

      let interrupted = 0;
      for (let round = 0; round < rounds; round += 1) {
        begin();
        const anywhere = killMomentOf(`import/${String(round)}`, { afterLines: lineCount + 1, thenMs: 60 });
        // Every other one where all is read: what is written as one is over soon.
        const moment = round % 2 === 0 ? anywhere : { ...anywhere, afterLines: lineCount - 1 };
        const lines = await writeUntilKilled(importer, [folder, keyFile, exportFile, passphrase], moment);
        if (passingIn(folder).length > 0) interrupted += 1;
        await start(false);
        const found = await state();
        const isAll = found.kept.length === all.kept.length;
        expect(found, `round ${String(round)}, after ${String(lines.at(-1))}`).toEqual(isAll ? all : nothing);
        if (lines.at(-1) === 'taken over') expect(isAll, `round ${String(round)}`).toBe(true);
        await start(true);
        expect(await state(), `round ${String(round)}, once more`).toEqual(all);
      }
      // Otherwise the kills came at the wrong moments and showed nothing.
      expect(interrupted).toBeGreaterThan(0);
    },
  );
});
