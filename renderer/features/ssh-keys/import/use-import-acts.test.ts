import { describe, expect, it } from 'vitest';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { sampleImportRow } from '../../../testing/sample-ssh-keys.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { useKeyImportStore } from './key-import.store.ts';
import { useImportActs } from './use-import-acts.ts';

/** The fake holds the first act until it is let go. */
async function setUp() {
  const { app, pinia, services } = createTestHost();
  const { id } = services.addAccount();
  const imports = useKeyImportStore(pinia);
  await Promise.all([useSshKeysStore(pinia).open(id), imports.open(id)]);
  await imports.choose('folder');
  let letGo: () => void = () => undefined;
  services.gates.set('sshKeys.keepPrivate', new Promise<void>((resolve) => (letGo = resolve)));
  const asked = () =>
    services.asked.map(({ channel }) => channel).filter((channel) => /keepPrivate|unlock/.test(channel));
  return { acts: app.runWithContext(useImportActs), asked, letGo: () => letGo() };
}

const row = (rowId: string) => sampleImportRow({ rowId });

describe('K5 K7 acts on rows of an import', () => {
  it('wait for the act on another row, and are not lost', async () => {
    const { acts, asked, letGo } = await setUp();
    const first = acts.keep(row('one'));
    const second = acts.unlock([row('two')], 'right');
    await expect.poll(asked).toEqual(['sshKeys.keepPrivate']);
    expect([...acts.busy.value]).toEqual(['one', 'two']);
    letGo();
    await Promise.all([first, second]);
    expect(asked()).toEqual(['sshKeys.keepPrivate', 'sshKeys.unlock']);
    expect(acts.busy.value.size).toBe(0);
  });

  it('are done once where the same row is clicked twice', async () => {
    const { acts, asked, letGo } = await setUp();
    const first = acts.keep(row('one'));
    expect(await acts.keep(row('one'))).toBe(false);
    letGo();
    await first;
    expect(asked()).toEqual(['sshKeys.keepPrivate']);
  });
});
