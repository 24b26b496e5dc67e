import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeKeyFiles } from '../../electron/services/features/ssh-keys/make/key-files.ts';
import { bundleOf } from '../support/bundles.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { killMomentOf, killSeed, maxRoundMs, writeUntilKilled } from '../support/write-until-killed.ts';
import { halvesOf } from './key-pairs.ts';

const rounds = process.env['FULL'] ? 500 : 20;
const writer = await bundleOf('key-pair-writer');

/** Numbers whose private half is there, after each file was looked at. */
function inspect(folder: string): { pairs: number[]; lone: string[]; broken: string[] } {
  const names = readdirSync(folder).filter((name) => name.startsWith('id_'));
  const numberOf = (name: string) => Number.parseInt(name.slice('id_'.length), 10);
  const broken = names.filter((name) => {
    const { private: half, line } = halvesOf(numberOf(name));
    return !readFileSync(join(folder, name)).equals(name.endsWith('.pub') ? Buffer.from(line) : half);
  });
  const pairs = names.filter((name) => !name.endsWith('.pub')).map(numberOf);
  const lone = names.filter((name) => name.endsWith('.pub') && !pairs.includes(numberOf(name)));
  return { pairs, lone, broken };
}

describe('K10 kill -9 while a key is written', () => {
  it(
    `leaves no private half without its public one, nothing half-written, and nothing replaced: ${String(rounds)} rounds, SEED=${String(killSeed)}`,
    { timeout: rounds * maxRoundMs },
    async () => {
      using folder = makeTempFolder();
      writeFileSync(join(folder.path, 'config'), 'of the person');
      let next = 1;
      for (let round = 0; round < rounds; round += 1) {
        const moment = killMomentOf(String(round), { afterLines: 4, thenMs: 15 });
        const done = (await writeUntilKilled(writer, [folder.path, String(next)], moment)).map(Number);
        const { pairs, lone, broken } = inspect(folder.path);
        expect(broken).toEqual([]);
        expect(pairs).toEqual(expect.arrayContaining(done));
        const publicHalves = readdirSync(folder.path).filter((name) => name.endsWith('.pub'));
        expect(publicHalves).toEqual(expect.arrayContaining(pairs.map((number) => `id_${String(number)}.pub`)));
        // One that is left alone keeps its name: the next is made under another.
        next = Math.max(...done) + 2;
        expect(lone.length).toBeLessThanOrEqual(round + 1);
      }
      await writeKeyFiles(folder.path, 'id_0', halvesOf(0));
      expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(readFileSync(join(folder.path, 'config'), 'utf8')).toBe('of the person');
    },
  );
});
