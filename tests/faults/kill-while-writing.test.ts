import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createNodeFileStore } from '../../electron/services/files/node-file-store.ts';
import { noteSpec, quickly, silentLog } from '../../electron/services/testing/test-storage.ts';
import { createSealedStorage } from '../../electron/services/vault/create-sealed-storage.ts';
import { bundleOf } from '../support/bundles.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { killMomentOf, killSeed, maxRoundMs, writeUntilKilled } from '../support/write-until-killed.ts';
import { createFileKeyWrapper } from './file-key-wrapper.ts';
import { documentNames, removedName } from './writer-documents.ts';

const rounds = process.env['FULL'] ? 2_000 : 40;
/** Rounds at once; more would only wait for the processor. */
const lanes = 2;
const writer = await bundleOf('writer');

/** What was last acknowledged for each document. */
type Acknowledged = Map<string, { readonly number: number; readonly isRemoved: boolean }>;

function readAcknowledgements(lines: readonly string[]): Acknowledged {
  return new Map(
    lines.map((line) => {
      const [name = '', number, removed] = line.split(' ');
      return [name, { number: Number(number), isRemoved: removed !== undefined }];
    }),
  );
}

/** Whether `found` (0: none) may be there after that promise and whatever was begun after it. */
function isIntact(name: string, found: number, promised = { number: 0, isRemoved: true }): boolean {
  if (promised.isRemoved) return found === 0 || found > promised.number;
  const mayBeRemoved = name === removedName && promised.number % 5 === 0;
  return found >= promised.number || (found === 0 && mayBeRemoved);
}

async function inspect(
  folder: string,
  keyFile: string,
  promised: Acknowledged,
): Promise<{ lost: string[]; notices: number; highest: number }> {
  const clock = createSystemClock();
  const files = createNodeFileStore(folder, clock);
  const storage = createSealedStorage({
    files,
    keyWrapper: createFileKeyWrapper(keyFile),
    deriveKey: quickly,
    clock,
    log: silentLog,
  });
  const lost: string[] = [];
  let highest = 0;
  for (const name of documentNames) {
    const number = Number((await storage.document(noteSpec(name)).read())?.text.split(' ')[0] ?? 0);
    highest = Math.max(highest, number);
    if (!isIntact(name, number, promised.get(name)))
      lost.push(`${name}: ${JSON.stringify(promised.get(name))} promised, ${number} found`);
  }
  return { lost, notices: storage.notices().length, highest };
}

function unfinished(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.tmp'));
}

async function runLane(
  lane: number,
  count: number,
): Promise<{ lost: string[]; corrupt: number; stray: string[]; interrupted: number }> {
  using folder = makeTempFolder();
  using keyFolder = makeTempFolder();
  const keyFile = join(keyFolder.path, 'key');
  writeFileSync(keyFile, randomBytes(32));
  const total = { lost: [] as string[], corrupt: 0, stray: [] as string[], interrupted: 0 };
  for (let round = 0, next = 1; round < count; round += 1) {
    const moment = killMomentOf(`${lane}/${round}`, { afterLines: 6, thenMs: 40 });
    const promised = readAcknowledgements(await writeUntilKilled(writer, [folder.path, keyFile, String(next)], moment));
    if (unfinished(folder.path).length > 0) total.interrupted += 1;
    const { lost, notices, highest } = await inspect(folder.path, keyFile, promised);
    total.lost.push(...lost);
    total.corrupt += notices;
    total.stray.push(...unfinished(folder.path));
    // Multiples of 5, so that what is removed at each fifth number stays in step.
    next = Math.ceil((highest + 1) / 5) * 5 + 1;
  }
  return total;
}

describe('D5 kill -9 while writing', () => {
  it(
    `loses nothing acknowledged, damages nothing, leaves nothing half-written: ${rounds} rounds, SEED=${killSeed}`,
    { timeout: rounds * maxRoundMs },
    async () => {
      const results = await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane, rounds / lanes)));
      expect(results.flatMap(({ lost }) => lost)).toEqual([]);
      expect(results.flatMap(({ stray }) => stray)).toEqual([]);
      expect(results.map(({ corrupt }) => corrupt)).toEqual(results.map(() => 0));
      // Otherwise the kills came at the wrong moments and showed nothing.
      expect(results.some(({ interrupted }) => interrupted > 0)).toBe(true);
    },
  );
});
