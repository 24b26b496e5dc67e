import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanText } from '../../electron/services/core/clean-text.ts';
import {
  describeReading,
  type KeyInspection,
  maxKeysInFile,
  parseKey,
  readKeys,
  splitKeys,
  withoutMark,
} from '../../ssh-keys/index.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { isFull, keepFigures, Outcomes, sizeOfPart } from './full-run.ts';
import { makeKeySeeds, type KeySeed } from './key-seeds.ts';
import { mutate, seededNumbers } from './mutate.ts';

const cases = isFull ? sizeOfPart(1_000_000) : 50_000;
/** A case in so many also derives a key, or proves the pair: that takes hundreds of times longer. */
const wholeEvery = 10;
/** Milliseconds of its own processor time that a file may take, a key derivation apart. */
const maxMs = 50;
const base64Run = /[A-Za-z0-9+/=\n]{60,}/g;
const verdicts = new Set([
  'accepted',
  'advised-against',
  'refused',
  'needs-passphrase',
  'wrong-passphrase',
  'unsupported',
  'damaged',
  'not-a-key',
]);

describe('K8: changed key files of every format', () => {
  const folder = makeTempFolder();
  let seeds: KeySeed[] = [];
  beforeAll(async () => {
    seeds = await makeKeySeeds(folder.path);
  });
  afterAll(() => folder[Symbol.dispose]());

  it(`K8: ${cases.toLocaleString('en')} of them crash nothing, take no time, and show no private byte`, async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
    const pick = seededNumbers(seed);
    const verdictsGiven = new Outcomes();
    for (let number = 0; number < cases; number += 1) {
      const { name, content, secrets } = seeds[number % seeds.length] as KeySeed;
      const changed = pick(3) === 0 ? mutateInside(content, pick) : mutate(content, pick);
      const failureOf = (reason: string) => `${reason}: ${name}, FUZZ_SEED=${seed}, case ${number}, ${keep(changed)}`;
      try {
        // Of this thread alone: V8 collects in others, for all that ran before.
        const start = process.threadCpuUsage();
        const quick = describeReading(parseQuickly(changed));
        const took = process.threadCpuUsage(start).user / 1_000;
        if (took > maxMs && !isEverQuick(changed)) throw new Error(`${took} ms`);
        const inspections = [quick, ...(pick(wholeEvery) === 0 ? await inspectAll(changed) : [])];
        for (const { verdict } of inspections) if (!verdicts.has(verdict)) throw new Error(`the verdict ${verdict}`);
        const shown = inspections.flatMap((inspection) => Object.values(inspection)).join(' ');
        const isShown = (part: Buffer) => countIn(changed, part) <= countIn(content, part);
        if (secrets.flatMap((secret) => findShown(shown, secret)).some(isShown))
          throw new Error(`a private byte in ${shown}`);
        for (const { verdict } of inspections) verdictsGiven.add(verdict);
      } catch (error) {
        throw new Error(failureOf(String(error)), { cause: error });
      }
    }
    keepFigures('keys', { seed, files: cases, outcomes: verdictsGiven });
    // Changes that only ever broke the armour would test nothing.
    for (const verdict of ['accepted', 'damaged', 'needs-passphrase', 'unsupported'])
      expect(verdictsGiven.count(verdict), verdict).toBeGreaterThan(cases / 1_000);
  }, 3_600_000);
});

/** All that is done with a file without a key derivation or a proof. */
function parseQuickly(changed: Buffer): ReturnType<typeof parseKey> {
  splitKeys(withoutMark(changed), maxKeysInFile);
  return parseKey(changed);
}

async function inspectAll(changed: Buffer): Promise<KeyInspection[]> {
  const inspections: KeyInspection[] = [];
  for await (const { reading } of readKeys(changed, 'secret')) inspections.push(describeReading(reading));
  return inspections;
}

/** Changes what stands in the base64, so that the armour stays whole. */
function mutateInside(content: Buffer, pick: (below: number) => number): Buffer {
  const text = content.toString('latin1');
  const runs = [...text.matchAll(base64Run)];
  const run = runs[pick(runs.length || 1)];
  if (!run) return mutate(content, pick);
  const inside = mutate(Buffer.from(run[0], 'base64'), pick).toString('base64');
  return Buffer.from(`${text.slice(0, run.index)}\n${inside}\n${text.slice(run.index + run[0].length)}`, 'latin1');
}

/** The collector may have stepped in: what is slow is slow each time. */
function isEverQuick(changed: Buffer): boolean {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const start = process.threadCpuUsage();
    parseQuickly(changed);
    if (process.threadCpuUsage(start).user / 1_000 <= maxMs) return true;
  }
  return false;
}

/**
 * Each twelve bytes in a row of a secret that are shown, read as a comment would be, in hex or in base64: as in a file.
 */
function findShown(shown: string, secret: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 12 <= secret.length; at += 12) {
    const part = secret.subarray(at, at + 12);
    const asText = cleanText(part.toString());
    if (shown.includes(part.toString('hex')) || (/[^\ufffd ]{3}/.test(asText) && shown.includes(asText)))
      found.push(part);
  }
  for (const shift of [0, 1, 2]) {
    for (let at = shift; at + 12 <= secret.length; at += 12) {
      const part = secret.toString('base64', at, at + 12);
      if (shown.includes(part)) found.push(Buffer.from(part));
    }
  }
  return found;
}

/**
 * How often `part` stands in a file, as it is or in its base64. More often than before it was changed, the change
 * itself put it where it is public, as a comment is.
 */
function countIn(file: Buffer, part: Buffer): number {
  const text = file.toString('latin1');
  const inside = [...text.matchAll(base64Run)].map(([run]) => Buffer.from(run, 'base64').toString('latin1'));
  return [text, ...inside].reduce((sum, each) => sum + each.split(part.toString('latin1')).length - 1, 0);
}

function keep(changed: Buffer): string {
  const path = join(tmpdir(), 'profile-desk-fuzz-finding');
  writeFileSync(path, changed);
  return path;
}
