import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { sampleImportRow } from '../../../testing/sample-ssh-keys.ts';
import { settle } from '../../../testing/waiting.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { useKeyImportStore } from './key-import.store.ts';

async function setUp() {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  const keys = useSshKeysStore(pinia);
  const imports = useKeyImportStore(pinia);
  await Promise.all([keys.open(id), imports.open(id)]);
  const rowIds = () => [...imports.rows.keys()].join(' ');
  return { ...testHost, fake: services.sshKeys, id, keys, imports, rowIds };
}

describe('K7 an import', () => {
  it('K7 grows by what events tell, and keeps each row up to date', async () => {
    const { fake, imports, rowIds } = await setUp();
    fake.isSlow = true;
    await imports.choose('folder');
    expect([imports.isReading, imports.rows.size]).toEqual([true, 0]);
    fake.progress({ total: 2 }, [sampleImportRow({ rowId: 'r1' })]);
    fake.progress({ state: 'done' }, [
      sampleImportRow({ rowId: 'r2' }),
      sampleImportRow({ rowId: 'r1', isAdded: true }),
    ]);
    await settle();
    expect([imports.isReading, rowIds(), imports.rows.get('r1')?.isAdded, imports.head?.total]).toEqual([
      false,
      'r1 r2',
      true,
      2,
    ]);
  });

  it('K7 leaves out what belongs to another account, or comes late of one that is over', async () => {
    const { services, imports, fake } = await setUp();
    await imports.choose('files');
    const { batch } = fake;
    imports.close();
    services.emit('sshKeys.importProgressed', batch!);
    services.emit('sshKeys.importProgressed', { ...batch!, batchId: 'other', accountId: 'c2' });
    await settle();
    expect([imports.head, imports.rows.size, fake.batch]).toEqual([undefined, 0, null]);
  });

  it('K7 comes back after a break of the connection to the services, and goes with what they hold', async () => {
    const { imports, fake, resync, rowIds } = await setUp();
    await imports.choose('files');
    fake.batch = { ...fake.batch!, rows: [sampleImportRow({ rowId: 'r1' }), sampleImportRow({ rowId: 'r7' })] };
    resync();
    await settle();
    expect(rowIds()).toBe('r1 r7');
    fake.batch = null;
    resync();
    await settle();
    expect(imports.head).toBeUndefined();
  });

  it('K5 K7 gives titles and what to keep as chosen, and no more than asked', async () => {
    const { services, fake, imports, keys } = await setUp();
    const [first, second, third] = ['r1', 'r2', 'r3'].map((rowId) =>
      sampleImportRow({ rowId, sha256: `SHA256:${rowId}` }),
    );
    fake.found = [first!, second!, { ...third!, kind: 'public' }];
    await imports.choose('files');
    imports.setKeepAll(true);
    imports.setTitle(first!, 'Work');
    imports.setKeep(second!, false);
    await imports.add(fake.found);
    const asked = services.asked.find(({ channel }) => channel === 'sshKeys.add')?.input;
    expect(asked).toEqual({
      batchId: 'b1',
      rows: [
        { rowId: 'r1', title: 'Work', keepPrivate: true },
        { rowId: 'r2', title: 'mara@work', keepPrivate: false },
        { rowId: 'r3', title: 'mara@work', keepPrivate: false },
      ],
    });
    expect(keys.snapshot?.keys).toHaveLength(3);
    expect([...imports.rows.values()].every(({ isAdded }) => isAdded)).toBe(true);
  });

  it('K7 keeps why a row was not added, and adds the others', async () => {
    const { fake, imports } = await setUp();
    fake.addKey();
    fake.found = [sampleImportRow(), sampleImportRow({ rowId: 'r2', sha256: 'SHA256:other' })];
    await imports.choose('files');
    await imports.add(fake.found);
    expect(imports.results.get('r1')?.error).toMatchObject({ fields: { publicKey: { code: 'duplicate' } } });
    expect([imports.rows.get('r1')?.isAdded, imports.rows.get('r2')?.isAdded]).toEqual([false, true]);
  });

  it('K1 says how many a passphrase opens', async () => {
    const { fake, imports } = await setUp();
    fake.found = ['r1', 'r2'].map((rowId) => sampleImportRow({ rowId, verdict: 'needs-passphrase' }));
    await imports.choose('files');
    expect(await imports.unlock(fake.found, 'wrong')).toBe(0);
    expect(await imports.unlock(fake.found, 'right')).toBe(2);
    expect(imports.rows.get('r2')?.verdict).toBe('accepted');
  });

  it('K6 knows that a private key was typed where a public one belongs', async () => {
    const { imports, keys } = await setUp();
    const batch = await keys.addPublic('', '-----BEGIN OPENSSH PRIVATE KEY-----');
    imports.showTyped(batch!, 'ssh-ed25519 AAAA', '');
    expect(imports.wasCaught).toBe(true);
    imports.close();
    expect(imports.wasCaught).toBe(false);
  });

  it('K6 knows it of a text that is private and in which no key was found', async () => {
    const { imports, keys } = await setUp();
    const batch = await keys.addPublic('', '-----BEGIN OPENSSH PRIVATE KEY-----');
    const found = { ...batch!, batchId: 'broken', rows: [sampleImportRow({ kind: null, verdict: 'not-a-key' })] };
    for (const text of [
      '---BEGIN PRIVATE KEY---',
      '—--BEGIN RSA PRIVATE KEY—--',
      'b3BlbnNzaC1rZXktdjEAAAAA',
      'x PuTTY-User-Key-File-3: ssh-rsa',
    ]) {
      imports.showTyped({ ...found, batchId: text }, text, '');
      expect([text, imports.wasCaught]).toEqual([text, true]);
    }
    imports.showTyped(found, 'a private key', '');
    expect(imports.wasCaught).toBe(false);
  });

  it('K7 tells of a source that cannot be read', async () => {
    const { services, imports } = await setUp();
    services.faults.set('sshKeys.readSshFolder', new AppError('not-found'));
    await expect(imports.choose('ssh-folder')).rejects.toMatchObject({ code: 'not-found' });
    expect(imports.head).toBeUndefined();
  });
});
