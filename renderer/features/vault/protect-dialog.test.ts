import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Storage } from '../../../shared/contract/app.ts';
import { useAppStore } from '../../account/app.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import '../../testing/load-all-texts.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import ChangeDialog from './ChangeDialog.vue';
import ProtectDialog from './ProtectDialog.vue';
import ProtectionPanel from './ProtectionPanel.vue';

const undecided: Storage = { protection: 'this-run-only', keyStore: null, isUndecided: true };
const byPassphrase: Storage = {
  protection: 'passphrase',
  keyStore: null,
  unlock: { hint: 'an animal', waitUntil: null },
};

// The DOM of these tests has no workers; how hard a passphrase is to guess is judged in one.
beforeEach(() =>
  vi.stubGlobal(
    'Worker',
    class {
      postMessage = (): void => undefined;
      terminate = (): void => undefined;
    },
  ),
);
afterEach(() => vi.unstubAllGlobals());

async function show(component: object, storage: Storage, passphrase?: string) {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  services.app = { ...services.app, storage };
  services.vault.passphrase = passphrase;
  await useAppStore(pinia).start();
  const closed = vi.fn<() => void>();
  mountWithHost(component, { onClose: closed }, testHost);
  await settle();
  const asked = () => services.asked.filter(({ channel }) => channel.startsWith('vault.')).map(({ input }) => input);
  return { services, closed, asked };
}

const byId = (id: string) => document.getElementById(id) as HTMLInputElement;
const dialog = () => [...document.querySelectorAll('[role=dialog]')].at(-1);

async function type(id: string, text: string): Promise<void> {
  byId(id).value = text;
  byId(id).dispatchEvent(new Event('input'));
  await settle();
}

async function press(text: string): Promise<void> {
  [...(dialog()?.querySelectorAll('button') ?? [])].find((each) => each.textContent.trim() === text)?.click();
  await settle();
}

async function choose(id: string): Promise<void> {
  byId(id).click();
  await settle();
}

function errorOf(id: string): string {
  return document.getElementById(`${id}-error`)?.textContent ?? '';
}

describe('D3 the choice where there is no key store', () => {
  it('takes a passphrase that was typed twice, with a hint', async () => {
    const { asked, closed } = await show(ProtectDialog, undecided);
    expect(dialog()?.textContent).toContain('Nobody can give it back to you');
    await type('vault-passphrase', 'correct horse');
    await type('vault-repeat', 'correct horse');
    await type('vault-hint', ' an animal ');
    await press('Save');
    const passphrase = { kind: 'new', text: 'correct horse', hint: 'an animal' };
    expect(asked()).toEqual([{ keyStore: false, passphrase, current: null }]);
    expect(closed).toHaveBeenCalledOnce();
  });

  it.each([
    ['', '', '', 'vault-passphrase', 'fill this in'],
    ['short', 'short', '', 'vault-passphrase', '8 characters at least'],
    ['x'.repeat(10_000), 'x'.repeat(10_000), '', 'vault-passphrase', '1,000 characters at most'],
    ['correct horse', 'correct hrose', '', 'vault-repeat', 'not the same'],
    ['correct horse', 'correct horse', 'Correct-Horse!', 'vault-hint', 'tells too much'],
  ])('says what is wrong and sends nothing: %#', async (text, repeat, hint, id, why) => {
    const { asked } = await show(ProtectDialog, undecided);
    await type('vault-passphrase', text);
    await type('vault-repeat', repeat);
    await type('vault-hint', hint);
    await press('Save');
    expect(errorOf(id)).toContain(why);
    expect(asked()).toEqual([]);
  });

  it.each([
    ['No, take it off', 'correct horse'],
    ['Yes, keep it', 'correct horse '],
  ])('asks about a blank at its end, and trims nothing by itself: %s', async (answer, sent) => {
    const { asked } = await show(ProtectDialog, undecided);
    await type('vault-passphrase', 'correct horse ');
    await type('vault-repeat', 'correct horse ');
    await press('Save');
    expect(errorOf('vault-passphrase')).toContain('Say first whether the blank');
    expect(asked()).toEqual([]);
    await press(answer);
    await press('Save');
    expect(asked()).toMatchObject([{ passphrase: { text: sent } }]);
  });

  it('says of a line break in what was pasted that it is no part of it', async () => {
    await show(ProtectDialog, undecided);
    const paste = Object.assign(new Event('paste', { bubbles: true }), {
      clipboardData: { getData: () => 'correct\nhorse' },
    });
    byId('vault-passphrase').dispatchEvent(paste);
    await settle();
    expect(dialog()?.textContent).toContain('has a line break');
  });

  it('can be that nothing is kept', async () => {
    const { services, closed } = await show(ProtectDialog, undecided);
    await choose('vault-way-this-run');
    expect(byId('vault-passphrase')).toBeNull();
    await press('Save');
    expect(services.asked.at(-1)?.channel).toBe('vault.keepNothing');
    expect(closed).toHaveBeenCalledOnce();
  });

  it('can be the key store, once it is unlocked; else it says why not, and stays', async () => {
    const { services, asked, closed } = await show(ProtectDialog, undecided);
    services.vault.hasKeyStore = false;
    await choose('vault-way-key-store');
    await press('Save');
    expect(dialog()?.textContent).toContain('key store is locked. Unlock it and try again');
    expect(closed).not.toHaveBeenCalled();
    services.vault.hasKeyStore = true;
    await press('Save');
    expect(asked().at(-1)).toEqual({ keyStore: true, passphrase: { kind: 'none' }, current: null });
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('D3 a passphrase that is there', () => {
  it('is given for the key store to take its place, and can stay beside it', async () => {
    const { asked, closed } = await show(ProtectDialog, byPassphrase, 'correct horse');
    await choose('vault-way-key-store');
    expect(byId('vault-spare').checked).toBe(true);
    await type('vault-current', 'wrong horse ');
    await press('Save');
    expect(errorOf('vault-current')).toContain('begins or ends with a blank');
    await type('vault-current', 'correct horse');
    await press('Save');
    expect(asked().at(-1)).toEqual({ keyStore: true, passphrase: { kind: 'keep' }, current: 'correct horse' });
    expect(closed).toHaveBeenCalledOnce();
  });

  it('is changed by who knows it', async () => {
    const { asked, closed } = await show(ChangeDialog, byPassphrase, 'correct horse');
    await type('vault-current', 'correct horse');
    await type('vault-passphrase', 'battery staple');
    await type('vault-repeat', 'battery staple');
    await press('Change passphrase');
    const passphrase = { kind: 'new', text: 'battery staple', hint: null };
    expect(asked()).toEqual([{ keyStore: false, passphrase, current: 'correct horse' }]);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('makes wait after wrong ones, and is not sent before', async () => {
    const { services, asked } = await show(ChangeDialog, byPassphrase, 'correct horse');
    services.vault.wait = 20;
    await type('vault-current', 'wrong');
    await type('vault-passphrase', 'battery staple');
    await type('vault-repeat', 'battery staple');
    await press('Change passphrase');
    expect(errorOf('vault-current')).toMatch(/Try again in \d+ sec/);
    await press('Change passphrase');
    expect(asked()).toHaveLength(1);
  });

  it.each([
    [byPassphrase, ['Choose what opens it', 'Change passphrase'], 'your passphrase opens it at each start'],
    [
      { ...byPassphrase, protection: 'key-store', keyStore: 'Secret Service' },
      ['Choose what opens it', 'Change passphrase', 'Remove passphrase'],
      'Should the key store be lost',
    ],
    [{ protection: 'key-store', keyStore: 'Secret Service' }, ['Choose what opens it'], 'Secret Service'],
    [{ protection: 'this-run-only', keyStore: null }, ['Choose what opens it'], 'Nothing is saved'],
    [{ protection: 'key-store', keyStore: null }, ['Choose what opens it'], 'Nothing is saved here yet'],
  ] as const)('is told of in its place, with what can be done: %#', async (storage, acts, text) => {
    await show(ProtectionPanel, storage);
    const offered = [...(dialog()?.querySelectorAll('button') ?? [])].map((each) => each.textContent.trim());
    expect(offered).toEqual([...acts, 'Export to a file…', 'Import from a file…', 'Close']);
    expect(dialog()?.textContent).toContain(text);
  });

  it('is removed by who knows it, after what that means was said', async () => {
    const spare: Storage = { ...byPassphrase, protection: 'key-store', keyStore: 'Secret Service' };
    const { asked } = await show(ProtectionPanel, spare, 'correct horse');
    await press('Remove passphrase');
    expect(dialog()?.textContent).toContain('If it is lost or emptied, nothing else does.');
    await type('vault-current', 'correct horse');
    await press('Remove passphrase');
    expect(asked()).toEqual([{ keyStore: true, passphrase: { kind: 'none' }, current: 'correct horse' }]);
  });
});
