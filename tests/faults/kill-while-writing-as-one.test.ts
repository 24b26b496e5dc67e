import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { changesSpec } from '../../electron/services/vault/vault.stored.ts';
import { bundleOf } from '../support/bundles.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { killMomentOf, killSeed, maxRoundMs, writeUntilKilled } from '../support/write-until-killed.ts';
import { createFileKeyWrapper } from './file-key-wrapper.ts';
import { documentNames } from './writer-documents.ts';

const rounds = process.env['FULL'] ? 500 : 15;
const writer = await bundleOf('joint-writer');

/** What each document says after a start, and what the person is told then. */
async function inspect(folder: string, keyFile: string) {
  const storage = startStorage(folder, createFileKeyWrapper(keyFile));
  const texts: (string | undefined)[] = [];
  for (const name of documentNames) texts.push((await storage.document(noteSpec(name)).read())?.text);
  return { texts, notices: storage.notices() };
}

describe('X14 kill -9 while several documents are written as one', () => {
  it(
    `leaves all of them or none, and what was acknowledged: ${String(rounds)} rounds, SEED=${String(killSeed)}`,
    { timeout: rounds * maxRoundMs },
    async () => {
      using folder = makeTempFolder();
      using keyFolder = makeTempFolder();
      const keyFile = join(keyFolder.path, 'key');
      writeFileSync(keyFile, randomBytes(32));
      let number = 0;
      let interrupted = 0;
      for (let round = 0; round < rounds; round += 1) {
        const moment = killMomentOf(`joint/${String(round)}`, { afterLines: 4, thenMs: 30 });
        const args = [folder.path, keyFile, String(number + 1)];
        const acknowledged = Number((await writeUntilKilled(writer, args, moment)).at(-1));
        const isInterrupted = readdirSync(folder.path).some((name) => name.includes(changesSpec.name));
        if (isInterrupted) interrupted += 1;
        const { texts, notices } = await inspect(folder.path, keyFile);
        expect(new Set(texts).size, `round ${String(round)}`).toBe(1);
        number = Number(texts[0]?.split(' ')[0]);
        expect(number, `round ${String(round)}`).toBeGreaterThanOrEqual(acknowledged);
        expect(notices).toEqual([]);
        expect(readdirSync(folder.path).filter((name) => name.includes(changesSpec.name))).toEqual([]);
      }
      // Otherwise the kills came at the wrong moments and showed nothing.
      expect(interrupted).toBeGreaterThan(0);
    },
  );
});
