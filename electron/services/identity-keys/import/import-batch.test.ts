import { describe, expect, it } from 'vitest';
import { makeEd25519Key } from '../../testing/make-public-key.ts';
import { sha256Fingerprint } from '../fingerprint.ts';
import type { KeyInspection } from '../inspect-key.ts';
import type { PrivateKey } from '../key-material.ts';
import type { KeyOutcome } from '../worker/key-jobs.ts';
import { ImportBatch } from './import-batch.ts';
import { splitPasted } from './split-pasted.ts';

const publicKey = makeEd25519Key();
const sha256 = sha256Fingerprint(publicKey);
const nobody = () => null;
const inspected: KeyInspection = { verdict: 'accepted', kind: 'public', type: 'ssh-ed25519', bits: 256, comment: 'mara', sha256, md5: '', format: 'openssh-public', encrypted: false, reason: null };
const privateHalf = (): PrivateKey => ({ publicKey, comment: 'mara', agentForm: new Uint8Array(64).fill(7) });

function outcome(changes: Partial<KeyOutcome> = {}, inspection: Partial<KeyInspection> = {}): KeyOutcome {
  return { inspection: { ...inspected, ...inspection }, weaknesses: [], publicKey, privateKey: null, locked: null, ...changes };
}
const isWiped = (bytes: Uint8Array | null | undefined) => bytes?.every((byte) => byte === 0);

function makeBatch(...files: (readonly [string, KeyOutcome])[]): ImportBatch {
  const batch = new ImportBatch({ batchId: 'b', connectionId: 'c', folder: null });
  for (const [name, read] of files) batch.add(name, { realPath: null, outcome: read });
  return batch;
}

describe('K7 a batch', () => {
  it('lets one row stand for each key: the one with the private half, else the first', () => {
    const batch = makeBatch(['id.pub', outcome()], ['id', outcome({ privateKey: privateHalf() })], ['copy.pub', outcome()]);
    expect(batch.rows(nobody).map(({ sameAs }) => sameAs)).toEqual(['r2', null, 'r2']);
  });

  it('lets a row that needs its passphrase stand behind a good one, until it is open', () => {
    const locked = Uint8Array.of(1, 2, 3);
    const batch = makeBatch(['id', outcome({ locked }, { verdict: 'needs-passphrase', encrypted: true })], ['id.pub', outcome()]);
    expect(batch.rows(nobody).map(({ sameAs }) => sameAs)).toEqual(['r2', null]);
    batch.change('r1', outcome({ privateKey: privateHalf() }));
    expect(batch.rows(nobody).map(({ sameAs }) => sameAs)).toEqual([null, 'r1']);
    expect(isWiped(locked)).toBe(true);
  });

  it('tells each change once', () => {
    const batch = makeBatch(['a', outcome()]);
    expect(batch.news(nobody)).toHaveLength(1);
    expect(batch.news(nobody)).toEqual([]);
    batch.markAdded('r1');
    expect(batch.news(nobody)).toMatchObject([{ rowId: 'r1', isAdded: true }]);
  });

  it('shows names and links without what could disguise them', () => {
    const batch = makeBatch(['evil\u202Ebup.\nid', outcome({}, { comment: null })]);
    expect(batch.rows(nobody)).toMatchObject([{ fileName: 'evil bup. id', title: 'evil bup. id' }]);
  });
});

describe('K5 a batch that ends', () => {
  it('leaves nothing private in memory, not of what comes in afterwards either', () => {
    const [key, locked, late] = [privateHalf(), Uint8Array.of(1, 2, 3), privateHalf()];
    const batch = makeBatch(['a', outcome({ privateKey: key })], ['b', outcome({ locked })]);
    const signal = batch.begin();
    batch.wipe();
    batch.add('c', { realPath: null, outcome: outcome({ privateKey: late }) });
    expect([key.agentForm, locked, late.agentForm].map(isWiped)).toEqual([true, true, true]);
    expect([signal.aborted, batch.begin().aborted, batch.rows(nobody)]).toEqual([true, true, []]);
  });
});

describe('D4 what is pasted', () => {
  const block = (label: string) => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;

  it('is one key, unless it is plainly several', () => {
    const line = 'ssh-ed25519 AAAAC3Nz mara';
    expect(splitPasted(line, 10)).toEqual([line]);
    expect(splitPasted(`# two\n${line}\n\ncert-authority ${line}\r\n`, 10)).toEqual([line, `cert-authority ${line}`]);
    expect(splitPasted(block('OPENSSH PRIVATE KEY'), 10)).toHaveLength(1);
    expect(splitPasted(block('EC PARAMETERS') + block('EC PRIVATE KEY') + block('RSA PRIVATE KEY'), 10)).toEqual([
      expect.stringMatching(/^-----BEGIN EC PARAMETERS[^]*END EC PRIVATE KEY-----$/),
      expect.stringMatching(/BEGIN RSA PRIVATE KEY/),
    ]);
    expect(splitPasted('hello\nworld', 10)).toEqual(['hello\nworld']);
  });

  it('is cut at the most', () => {
    expect(splitPasted('ssh-rsa AAAA\n'.repeat(20), 10)).toHaveLength(10);
  });
});
