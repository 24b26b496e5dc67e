import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { bundleOf } from '../support/bundles.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { killMomentOf, killSeed, maxRoundMs, writeUntilKilled } from '../support/write-until-killed.ts';
import { passphraseOf } from './changed-passphrases.ts';

const rounds = process.env['FULL'] ? 1_000 : 20;
const changer = await bundleOf('passphrase-changer');
const spec = noteSpec('note.sealed');

/** Number of the passphrase that opens it, with what was kept. */
async function whichOpens(folder: string, candidates: readonly number[]): Promise<number[]> {
  const opening = [];
  for (const number of candidates) {
    const storage = startStorage(folder, createTestKeyWrapper());
    const isOpen = await storage.unlock(passphraseOf(number)).then(
      () => true,
      () => false,
    );
    if (isOpen) {
      expect(await storage.document(spec).read()).toEqual({ text: 'kept' });
      expect(storage.notices()).toEqual([]);
      opening.push(number);
    }
  }
  return opening;
}

describe('D3 kill -9 in the middle of a change of the passphrase', () => {
  it(
    `leaves one passphrase that opens, the last or the one that was being set: ${String(rounds)} rounds, SEED=${String(killSeed)}`,
    { timeout: rounds * maxRoundMs },
    async () => {
      using folder = makeTempFolder();
      const storage = startStorage(folder.path, createTestKeyWrapper());
      await storage.document(spec).write({ text: 'kept' });
      const passphrase = { kind: 'new', text: passphraseOf(0), hint: null } as const;
      await storage.protect({ keyStore: false, passphrase, current: null });
      let inForce = 0;
      for (let round = 0; round < rounds; round += 1) {
        const moment = killMomentOf(String(round), { afterLines: 4, thenMs: 30 });
        const changed = await writeUntilKilled(changer, [folder.path, String(inForce)], moment);
        const acknowledged = Number(changed.at(-1));
        expect(acknowledged, `round ${String(round)}`).toBeGreaterThanOrEqual(inForce + moment.afterLines);
        const opening = await whichOpens(folder.path, [acknowledged, acknowledged + 1]);
        expect(opening, `round ${String(round)}`).toHaveLength(1);
        inForce = opening[0]!;
      }
      // The tries that found it out left a count, and nothing left anything half-written.
      const left = readdirSync(folder.path).filter((name) => name !== 'passphrase-tries.json');
      expect(left.sort()).toEqual(['ledger.sealed', 'note.sealed', 'vault-key-copy.json', 'vault-key.json']);
    },
  );
});
