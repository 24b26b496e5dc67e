import { describe, expect, it } from 'vitest';
import { type KeyInspection, type PrivateKey, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import { makeEd25519Key } from '../../../../../ssh-keys/testing/make-public-key.ts';
import type { KeyOutcome } from '../worker/key-worker.contract.ts';
import { ImportBatch, maxRows } from './import-batch.ts';

const publicKey = makeEd25519Key();
const sha256 = sha256Fingerprint(publicKey);
const nobody = () => null;
const none: ReadonlySet<string> = new Set();
const inspected: KeyInspection = {
  verdict: 'accepted',
  kind: 'public',
  type: 'ssh-ed25519',
  bits: 256,
  comment: 'mara',
  sha256,
  md5: '',
  format: 'openssh-public',
  encrypted: false,
  problems: [],
};
const privateHalf = (): PrivateKey => ({ publicKey, comment: 'mara', agentForm: new Uint8Array(64).fill(7) });

function outcome(changes: Partial<KeyOutcome> = {}, inspection: Partial<KeyInspection> = {}): KeyOutcome {
  return {
    place: null,
    inspection: { ...inspected, ...inspection },
    stated: null,
    publicKey,
    privateKey: null,
    locked: null,
    ...changes,
  };
}
const isWiped = (bytes: Uint8Array | null | undefined) => bytes?.every((byte) => byte === 0);

function makeBatch(...files: (readonly [string, ...KeyOutcome[]])[]): ImportBatch {
  const batch = new ImportBatch({ batchId: 'b', accountId: 'c', folder: null });
  for (const [name, ...outcomes] of files) batch.add(name, { realPath: null, outcomes });
  return batch;
}

describe('K7 a batch', () => {
  it('lets one row stand for each key: the one with the private half, else the first', () => {
    const batch = makeBatch(
      ['id.pub', outcome()],
      ['id', outcome({ privateKey: privateHalf() }, { kind: 'private' })],
      ['copy.pub', outcome()],
    );
    expect(batch.rows(nobody, none).map(({ sameAs }) => sameAs)).toEqual(['r2', null, 'r2']);
  });

  it('lets one that needs its passphrase stand for its public half, and goes on so once it is open', () => {
    const content = Uint8Array.of(1, 2, 3);
    const batch = makeBatch(
      ['id.pub', outcome()],
      [
        'id',
        outcome({ locked: { content, at: 0 } }, { verdict: 'needs-passphrase', kind: 'private', encrypted: true }),
      ],
    );
    expect(batch.rows(nobody, none).map(({ sameAs }) => sameAs)).toEqual(['r2', null]);
    batch.change('r2', outcome({ privateKey: privateHalf() }, { kind: 'private' }));
    expect(batch.rows(nobody, none).map(({ sameAs }) => sameAs)).toEqual(['r2', null]);
    expect(isWiped(content)).toBe(true);
  });

  it('lets one private key stand for a copy of it that needs its passphrase', () => {
    const locked = () =>
      outcome(
        { locked: { content: Uint8Array.of(1), at: 0 } },
        { verdict: 'needs-passphrase', kind: 'private', encrypted: true },
      );
    const batch = makeBatch(['id', locked()], ['copy', locked()]);
    expect(batch.rows(nobody, none).map(({ sameAs }) => sameAs)).toEqual([null, 'r1']);
  });

  it('tells each change once', () => {
    const batch = makeBatch(['a', outcome()]);
    expect(batch.news(nobody, none)).toHaveLength(1);
    expect(batch.news(nobody, none)).toEqual([]);
    batch.markAdded('r1');
    expect(batch.news(nobody, none)).toMatchObject([{ rowId: 'r1', isAdded: true }]);
  });

  it('shows names and links without what could disguise them', () => {
    const batch = makeBatch(['evil\u202Ebup.\nid', outcome({}, { comment: null })]);
    expect(batch.rows(nobody, none)).toMatchObject([{ fileName: 'evil bup. id', title: 'evil bup. id' }]);
  });
});

describe('K5 a batch that ends', () => {
  it('leaves nothing private in memory, not of what comes in afterwards either', () => {
    const [key, locked, late] = [privateHalf(), Uint8Array.of(1, 2, 3), privateHalf()];
    const batch = makeBatch(
      ['a', outcome({ privateKey: key })],
      ['b', outcome({ locked: { content: locked, at: 0 } })],
    );
    const signal = batch.begin();
    batch.wipe();
    batch.add('c', { realPath: null, outcomes: [outcome({ privateKey: late })] });
    expect([key.agentForm, locked, late.agentForm].map(isWiped)).toEqual([true, true, true]);
    expect([signal.aborted, batch.begin().aborted, batch.rows(nobody, none)]).toEqual([true, true, []]);
  });
});

describe('K1 K7 a file with several keys', () => {
  const other = makeEd25519Key();
  const place = (index: number) => ({ index, line: 2 * index });
  const several = (count: number) =>
    Array.from({ length: count }, (_, at) => outcome({ place: place(at + 1) }, { comment: null }));

  it('has a row for each, with its place, and is no title where it lists keys of others (K6)', () => {
    const batch = makeBatch([
      'authorized_keys',
      outcome({ place: place(1) }),
      outcome({ place: place(2), publicKey: other }, { comment: null, sha256: sha256Fingerprint(other) }),
    ]);
    expect(batch.rows(nobody, none)).toMatchObject([
      { rowId: 'r1', fileName: 'authorized_keys', place: { index: 1, line: 2 }, title: 'mara' },
      {
        rowId: 'r2',
        fileName: 'authorized_keys',
        place: { index: 2, line: 4 },
        title: 'ssh-ed25519',
        sameAs: null,
      },
    ]);
    expect(batch.describe([])).toMatchObject({ done: 1, left: 0 });
  });

  it('is wiped when the last of its keys is open, not before', () => {
    const content = Uint8Array.of(1, 2, 3);
    const locked = (at: number) =>
      outcome({ place: place(at + 1), locked: { content, at } }, { verdict: 'needs-passphrase', encrypted: true });
    const batch = makeBatch(['id', locked(0), locked(1)]);
    batch.change('r1', outcome({}, { verdict: 'wrong-passphrase' }));
    expect(batch.get('r1')?.locked).toEqual({ content, at: 0 });
    batch.change('r1', outcome({ privateKey: privateHalf() }));
    expect([batch.get('r1')?.locked, isWiped(content)]).toEqual([null, false]);
    batch.change('r2', outcome({ privateKey: privateHalf() }));
    expect(isWiped(content)).toBe(true);
  });

  it('is not even read where there is no room left, and told of', () => {
    const batch = makeBatch(['many', ...several(maxRows)]);
    expect(batch.isFull).toBe(true);
    batch.leaveOut();
    expect(batch.describe([])).toMatchObject({ done: 2, left: 1 });
  });

  it('is left out where it is too many at once, and nothing of it stays', () => {
    const key = privateHalf();
    const batch = makeBatch(
      ['many', ...several(maxRows - 1)],
      ['two', outcome({ privateKey: key }), outcome()],
      ['one', outcome()],
    );
    expect(batch.rows(nobody, none)).toHaveLength(maxRows);
    expect(batch.describe([])).toMatchObject({ done: 3, left: 1 });
    expect(isWiped(key.agentForm)).toBe(true);
  });
});
