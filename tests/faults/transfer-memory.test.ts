import { describe, expect, it } from 'vitest';
import { createPortableActivity } from '../../electron/services/features/activity/portable/portable-activity.ts';
import { runExport } from '../../electron/services/features/transfer/export-run.ts';
import { readHead } from '../../electron/services/features/transfer/file/file-head.ts';
import { deriveFileKey } from '../../electron/services/features/transfer/file/file-head.ts';
import { FileReader } from '../../electron/services/features/transfer/file/file-reader.ts';
import { Gathered } from '../../electron/services/features/transfer/gather-records.ts';
import { RecordReader } from '../../electron/services/features/transfer/records.ts';
import type { PortablePart } from '../../electron/services/resources/portable-part.ts';
import { makeEntry } from '../../electron/services/testing/make-activity.ts';
import { createManualClock } from '../../electron/services/testing/manual-clock.ts';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { quickly, startStorage } from '../../electron/services/testing/test-storage.ts';
import { maxTransferBytes } from '../../shared/contract/transfer.ts';
import { makeTempFolder, memoryDisk } from '../support/temp-folder.ts';

const accountsOfAll = process.env['FULL'] ? 10 : 2;
const entriesOfEach = process.env['FULL'] ? 100_000 : 8_000;
/** Bytes: the million alone would be some 500 MB of objects. */
const room = 160 * 1_024 * 1_024;

const account = (n: number) => ({
  ...({
    id: `here-${String(n)}`,
    kind: 'gitea',
    personId: String(n),
    providerName: 'Forge',
    isSignedOut: false,
  } as const),
  target: { kind: 'address', address: 'https://forge.example' } as const,
  person: { name: 'Ada', email: 'ada@example.com', avatar: null },
});

/** A part that makes its entries as they are asked for. */
const endless = {
  name: 'activity',
  count: () => Promise.resolve(entriesOfEach),
  async *records() {
    for (let n = 0; n < entriesOfEach; n += 1) yield makeEntry(n);
  },
} as unknown as PortablePart;

describe('X14 a file of very many entries', () => {
  it(
    `of ${(accountsOfAll * entriesOfEach).toLocaleString('en')} fits, is taken over whole, and never stands in memory`,
    { timeout: 1_800_000 },
    async () => {
      using folder = makeTempFolder(memoryDisk());
      const keyWrapper = createTestKeyWrapper();
      keyWrapper.is = 'open';
      const storage = startStorage(folder.path, keyWrapper);
      const part = createPortableActivity({ storage, limit: () => 100_000 });
      const accounts = Array.from({ length: accountsOfAll }, (_, n) => account(n));
      const staged = new Set<string>();
      const gathered = new Gathered(
        {
          ...{ accounts: [], parts: new Map([['activity', part as PortablePart]]) },
          targets: { normalise: (target) => (target.kind === 'embedded' ? target : { ...target }) },
          noteStaged: (id) => Promise.resolve(void staged.add(id)),
        },
        new Set(),
      );
      const records = new RecordReader(gathered);
      const before = process.memoryUsage().heapUsed;
      let most = 0;
      let bytes = 0;
      let reader: FileReader | undefined;
      const content = runExport({
        ...{ passphrase: 'seven tulips', deriveKey: quickly, clock: createManualClock(), accounts, parts: [endless] },
        about: { version: '0.1.0', computer: 'desk', at: '2026-11-29T00:00:00.000Z' },
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      for await (const chunk of content) {
        if (!reader) {
          const head = readHead(chunk);
          const { key } = await deriveFileKey('seven tulips', head.kdf, quickly);
          reader = new FileReader({ head, key, onLine: (line) => records.read(line) });
        }
        await reader.push(chunk);
        bytes += chunk.length;
        most = Math.max(most, process.memoryUsage().heapUsed - before);
      }
      await reader?.end();
      records.end();
      await storage.writeAll(await gathered.changes(storage, () => true));
      expect([gathered.taken.activity, staged.size]).toEqual([accountsOfAll * entriesOfEach, accountsOfAll]);
      for (const id of staged) expect(await part.count(id)).toBe(entriesOfEach);
      expect(most).toBeLessThan(room);
      expect(bytes).toBeLessThan(maxTransferBytes);
    },
  );
});
