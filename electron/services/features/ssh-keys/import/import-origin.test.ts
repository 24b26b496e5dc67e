import { describe, expect, it } from 'vitest';
import { type KeyInspection, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import { makeEd25519Key } from '../../../../../ssh-keys/testing/make-public-key.ts';
import type { KeyOutcome } from '../worker/key-worker.contract.ts';
import { ImportBatch } from './import-batch.ts';

const [publicKey, other] = [makeEd25519Key(), makeEd25519Key()];
const nobody = () => null;
const none: ReadonlySet<string> = new Set();
const localHalves: ReadonlySet<string> = new Set([sha256Fingerprint(publicKey)]);

function outcome(changes: Partial<KeyOutcome> = {}, inspection: Partial<KeyInspection> = {}): KeyOutcome {
  const key = changes.publicKey ?? publicKey;
  return {
    place: null,
    inspection: {
      verdict: 'accepted',
      kind: 'public',
      type: 'ssh-ed25519',
      bits: 256,
      comment: null,
      sha256: sha256Fingerprint(key),
      md5: '',
      format: 'openssh-public',
      encrypted: false,
      problems: [],
      ...inspection,
    },
    stated: null,
    publicKey: key,
    privateKey: null,
    locked: null,
    ...changes,
  };
}
const lockedKey = (sha256: string | null) =>
  outcome(
    { locked: { content: Uint8Array.of(1), at: 0 } },
    { verdict: 'needs-passphrase', kind: 'private', encrypted: true, sha256 },
  );

type File = readonly [name: string, outcome: KeyOutcome, realPath?: string];
function batchOf(...files: readonly File[]): ImportBatch {
  const batch = new ImportBatch({ batchId: 'b', accountId: 'c', folder: null });
  for (const [name, each, realPath = null] of files) batch.add(name, { realPath, outcomes: [each] });
  return batch;
}
const originsOf = (batch: ImportBatch, known = none) => batch.rows(nobody, known).map(({ origin }) => origin);

describe('K6 whose key it is', () => {
  it('K6: a public key is the person’s own only if its private half is in the same import or held here', () => {
    const alone = batchOf(['id.pub', outcome()], ['other.pub', outcome({ publicKey: other })]);
    expect(originsOf(alone)).toEqual(['public-only', 'public-only']);
    expect(alone.needsLocalHalves).toBe(true);
    expect(originsOf(alone, localHalves)).toEqual(['own', 'public-only']);
    const pair = batchOf(['id.pub', outcome()], ['id', lockedKey(sha256Fingerprint(publicKey))]);
    expect([originsOf(pair), pair.needsLocalHalves]).toEqual([['own', 'own'], false]);
  });

  it('K6: a locked file that hides its key is the other half of the .pub file beside it alone', () => {
    const batch = batchOf(
      ['a/id.pub', outcome()],
      ['b/id.pub', outcome({ publicKey: other })],
      ['a/id', lockedKey(null)],
    );
    expect(originsOf(batch)).toEqual(['own', 'public-only', 'own']);
  });

  it('K6: what a file or a line says counts before what is held', () => {
    const batch = batchOf(
      ['authorized_keys', outcome()],
      ['sub/known_hosts.old', outcome()],
      ['keys.txt', outcome({ stated: 'signers' })],
      ['authorized_keys2', outcome({ stated: 'known-hosts' })],
      ['mine', outcome(), '/home/mara/.ssh/authorized_keys'],
      ['id', lockedKey(null)],
      ['config', outcome({ publicKey: null }, { kind: null, verdict: 'not-a-key', sha256: null })],
    );
    expect(originsOf(batch, localHalves)).toEqual([
      'authorized-keys',
      'known-hosts',
      'signers',
      'known-hosts',
      'authorized-keys',
      'own',
      null,
    ]);
  });

  it('K6: a list of keys is no title, and stands for no key that is there by itself', () => {
    const batch = batchOf(['known_hosts', outcome()], ['authorized_keys', outcome()], ['id.pub', outcome()]);
    expect(batch.rows(nobody, none)).toMatchObject([
      { title: 'ssh-ed25519', sameAs: 'r3' },
      { title: 'ssh-ed25519', sameAs: 'r3' },
      { title: 'id', sameAs: null },
    ]);
  });

  it('K6: a row is told anew when it turns out whose key it is', () => {
    const batch = batchOf(['id.pub', outcome()]);
    expect(batch.news(nobody, none)).toMatchObject([{ origin: 'public-only' }]);
    expect(batch.news(nobody, localHalves)).toMatchObject([{ origin: 'own' }]);
    expect(batch.news(nobody, localHalves)).toEqual([]);
  });
});
