import { describe, expect, it } from 'vitest';
import { makeThrowAwayKey, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import { createMemoryFiles } from '../../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../../testing/test-key-wrapper.ts';
import { startStorage } from '../../../testing/test-storage.ts';
import { createPortablePrivateKeys } from './portable-private-keys.ts';
import { PrivateHalves } from './private-halves.ts';

const [one, two] = [makeThrowAwayKey(), makeThrowAwayKey()];
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const recordOf = ({ publicKey, agentForm }: typeof one, comment = 'mara@desk') => ({
  ...{ sha256: sha256Fingerprint(publicKey), comment },
  blob: base64(publicKey.blob),
  agentForm: base64(agentForm),
});

function setUp() {
  const keyWrapper = createTestKeyWrapper();
  keyWrapper.is = 'open';
  const storage = startStorage(createMemoryFiles(), keyWrapper);
  return { storage, halves: new PrivateHalves(storage), part: createPortablePrivateKeys(storage) };
}

async function recordsOf(part: ReturnType<typeof setUp>['part']) {
  const records = [];
  for await (const record of part.records('a')) records.push(record);
  return records;
}

describe('X14 private keys that are kept', () => {
  it('come out of one vault, and lie in another as they lay there', async () => {
    const [from, to] = [setUp(), setUp()];
    await from.halves.keep('a', { ...one, comment: 'mara@desk' });
    const records = await recordsOf(from.part);
    expect([records, await from.part.count('a')]).toEqual([[recordOf(one)], 1]);
    const gathering = to.part.gather('b');
    for (const record of records) await gathering.take(to.part.schema.parse(record));
    await to.storage.writeAll(await gathering.changes(to.storage));
    await to.halves.use('b', sha256Fingerprint(one.publicKey), (key) => {
      expect([base64(key.agentForm), key.publicKey.bits]).toEqual([base64(one.agentForm), one.publicKey.bits]);
      return Promise.resolve();
    });
  });

  it('are told apart by their fingerprint: what is kept here stays as it is', async () => {
    const { halves, part, storage } = setUp();
    await halves.keep('a', { ...one, comment: 'mine' });
    const comparer = await part.compare('a');
    expect([comparer.of(recordOf(one, 'theirs')), comparer.of(recordOf(two))]).toEqual([
      { kind: 'same' },
      { kind: 'fresh' },
    ]);
    const gathering = part.gather('a');
    for (const key of [one, two]) await gathering.take(recordOf(key, 'theirs'));
    await storage.writeAll(await gathering.changes(storage));
    const kept = await recordsOf(part);
    expect(kept.map(({ comment }) => comment)).toEqual(['mine', 'theirs']);
  });

  it('are refused where the private half is another key’s, or none, or the fingerprint is', () => {
    const { part } = setUp();
    const good = recordOf(one);
    for (const wrong of [
      { ...good, agentForm: recordOf(two).agentForm },
      { ...good, blob: recordOf(two).blob },
      { ...good, sha256: recordOf(two).sha256 },
      { ...good, agentForm: good.agentForm.slice(0, 40) },
      { ...good, agentForm: '' },
      { ...good, blob: 'AAAA' },
    ])
      expect(part.schema.safeParse(wrong).success).toBe(false);
    expect(part.schema.safeParse(good).success).toBe(true);
  });
});
