import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { useReauthStore } from '../../../account/reauth.store.ts';
import { createHostWithAccount } from '../../../testing/host-with-account.ts';
import { mountWithHost, type Mounted } from '../../../testing/mount-with-host.ts';
import { createGate, settle } from '../../../testing/waiting.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { useKeyMakeStore } from './key-make.store.ts';
import MakeDialog from './MakeDialog.vue';

let screen: Mounted;
const field = (id: string) => document.querySelector<HTMLInputElement & HTMLSelectElement>(`#${id}`)!;
const text = () => document.body.textContent;
const buttons = (name: string) =>
  [...document.querySelectorAll('button')].filter((each) => each.textContent?.trim() === name);
const asked = (channel: string) =>
  screen.services.asked.filter((each) => each.channel === channel).map(({ input }) => input as Record<string, unknown>);
const made = () => asked('madeKeys.make')[0];

async function type(id: string, value: string): Promise<void> {
  field(id).value = value;
  field(id).dispatchEvent(new Event(field(id).localName === 'select' ? 'change' : 'input'));
  await settle();
}

async function press(name: string): Promise<void> {
  buttons(name).at(-1)!.click();
  await settle();
  await settle();
}

async function submit(): Promise<void> {
  document.querySelector('form')!.dispatchEvent(new Event('submit'));
  await settle();
  await settle();
}

async function choosePassphrase(): Promise<void> {
  await type('make-passphrase', 'correct horse');
  await type('make-again', 'correct horse');
}

afterEach(() => vi.unstubAllGlobals());
beforeEach(async () => {
  // The DOM of these tests has no workers; how hard a passphrase is to guess is judged in one.
  vi.stubGlobal(
    'Worker',
    class {
      postMessage = (): void => undefined;
      terminate = (): void => undefined;
    },
  );
  const host = await createHostWithAccount();
  const current = host.services.accounts.currentId ?? '';
  await useSshKeysStore(host.pinia).open(current);
  useKeyMakeStore(host.pinia).open();
  screen = mountWithHost(MakeDialog, {}, host);
  await settle();
});

describe('K10 making a key', () => {
  it('K10: suggests a name that is free for each type, and leaves one that was chosen', async () => {
    expect([field('make-comment').value, field('make-file-name').value]).toEqual(['mara@desk', 'id_ed25519_2']);
    await type('make-kind', 'rsa-4096');
    expect(field('make-file-name').value).toBe('id_rsa');
    expect(text()).toContain('“ssh” and “git” find it under this name.');
    await type('make-file-name', 'id_work');
    expect(text()).toContain('“ssh” finds a key of this name only if it is told');
    await type('make-kind', 'ed25519');
    expect(field('make-file-name').value).toBe('id_work');
  });

  it('K10: takes nothing that is typed before it knows what it suggests', async () => {
    screen.wrapper.unmount();
    const host = await createHostWithAccount();
    const gate = createGate();
    host.services.gates.set('madeKeys.defaults', gate.opened);
    useKeyMakeStore(host.pinia).open();
    screen = mountWithHost(MakeDialog, {}, host);
    await settle();
    expect(field('make-comment')).toBeNull();
    gate.open();
    await expect.poll(() => field('make-comment')?.value).toBe('mara@desk');
  });

  it('K10: says at once which account does not take the type, and makes none for it', async () => {
    screen.wrapper.unmount();
    const host = await createHostWithAccount();
    host.services.sshKeys.head = { ...host.services.sshKeys.head, families: ['ed25519', 'rsa'] };
    const current = host.services.accounts.currentId ?? '';
    await useSshKeysStore(host.pinia).open(current);
    useKeyMakeStore(host.pinia).open();
    screen = mountWithHost(MakeDialog, {}, host);
    await settle();
    const described = () => document.getElementById(`${field('make-kind').id}-error`)?.textContent ?? '';
    expect(described()).toBe('');
    await type('make-kind', 'ecdsa-256');
    expect(described()).toContain('takes only Ed25519 and RSA keys.');
    await choosePassphrase();
    await submit();
    expect(made()).toBeUndefined();
    field(`make-account-${current}`).click();
    await settle();
    expect(described()).toBe('');
    await submit();
    expect(made()).toMatchObject({ kind: 'ecdsa-256' });
  });

  it('K10: is made into the folder, added to the account and lent, and each is told', async () => {
    await choosePassphrase();
    await type('make-agent', 'hour');
    await submit();
    expect(made()).toEqual({
      kind: 'ed25519',
      comment: 'mara@desk',
      file: { name: 'id_ed25519_2', passphrase: 'correct horse' },
    });
    expect(asked('madeKeys.add')).toEqual([{ madeId: 'm1', accountId: 'c1' }]);
    expect(asked('madeKeys.lend')).toEqual([{ madeId: 'm1', lifetime: 3_600 }]);
    expect(text()).toContain('In /home/mara/.ssh/id_ed25519_2, for you alone');
    await press('Done');
    expect(asked('madeKeys.discard')).toEqual([{ madeId: 'm1' }]);
    expect(useKeyMakeStore().isOpen).toBe(false);
  });

  it('K10: without a passphrase it is asked first', async () => {
    await submit();
    expect(made()).toBeUndefined();
    expect(text()).toContain('Make it without a passphrase?');
    await press('Make it without one');
    expect(made()).toMatchObject({ file: { passphrase: '' } });
  });

  it('K10: says what is wrong before anything is made, and what the services say', async () => {
    await type('make-passphrase', 'abc');
    await type('make-file-name', 'config');
    await submit();
    for (const words of ['5 characters at least', 'The two are not the same', 'no name that SSH itself reads'])
      expect(text()).toContain(words);
    expect(document.activeElement?.id).toBe('make-file-name');
    expect(made()).toBeUndefined();
    await choosePassphrase();
    await type('make-file-name', 'id_taken');
    screen.services.faults.set(
      'madeKeys.make',
      new AppError('invalid-request', { fields: { fileName: { code: 'duplicate' } } }),
    );
    await submit();
    expect(text()).toContain('There is a file of this name already.');
    screen.services.faults.set('madeKeys.make', new AppError('storage-fault', { reason: 'disk-full' }));
    await submit();
    expect(text()).toContain('full');
  });

  it('K10: for the vault alone an account is needed, and no passphrase', async () => {
    field('make-in-vault').click();
    field('make-account-c1').click();
    await settle();
    expect(field('make-passphrase')).toBeNull();
    await submit();
    expect(text()).toContain('Choose an account');
    field('make-account-c1').click();
    await settle();
    await submit();
    expect(made()).toMatchObject({ file: null });
    expect(text()).toContain('In the vault of this computer');
  });

  it('K10: what failed is tried again, alone; a key that is nowhere is not thrown away without a question', async () => {
    field('make-in-vault').click();
    await type('make-agent', 'always');
    screen.services.faults.set('madeKeys.add', new AppError('offline', { reason: 'connection-refused' }));
    await submit();
    expect(text()).toContain('Not added.');
    expect(text()).toContain('In the vault once an account has it');
    await press('Done');
    expect(text()).toContain('Throw the key away?');
    await press('Cancel');
    screen.services.faults.delete('madeKeys.add');
    await press('Try again');
    expect([asked('madeKeys.make'), asked('madeKeys.add'), asked('madeKeys.lend')].map(({ length }) => length)).toEqual(
      [1, 2, 1],
    );
    expect(text()).toContain('In the vault of this computer');
    expect(buttons('Try again')).toEqual([]);
    await press('Done');
    expect(asked('madeKeys.discard')).toHaveLength(1);
  });

  it('K10: a second press makes no second key, and Cancel calls off what is being made', async () => {
    await choosePassphrase();
    const gate = createGate();
    screen.services.gates.set('madeKeys.make', gate.opened);
    await submit();
    await submit();
    expect(asked('madeKeys.make')).toHaveLength(1);
    await press('Cancel');
    expect(asked('madeKeys.cancel')).toHaveLength(1);
    gate.open();
    await settle();
    expect(text()).not.toContain('The key is made');
    expect(field('make-comment').value).toBe('mara@desk');
  });

  it('K10: a blank at the end counts and is told; a line break is told', async () => {
    await type('make-passphrase', 'correct horse ');
    expect(text()).toContain('It begins or ends with a blank, which counts.');
    const paste = new Event('paste', { bubbles: true });
    Object.assign(paste, { clipboardData: { getData: () => 'correct\nhorse' } });
    field('make-passphrase').dispatchEvent(paste);
    await settle();
    expect(text()).toContain('What you pasted has a line break.');
  });

  it('K10: other accounts that take keys can be chosen, each with its outcome', async () => {
    screen.wrapper.unmount();
    const { services, pinia } = screen;
    services.addAccount({ id: 'c2', providerName: 'Gitea', address: 'https://git.example' });
    services.accounts = { ...services.accounts, currentId: 'c1' };
    await useAccountsStore(pinia).reload();
    services.security.validUntil = '2099-01-01T00:00:00.000Z';
    useKeyMakeStore(pinia).open();
    screen = mountWithHost(MakeDialog, {}, { ...screen, services, pinia });
    await settle();
    await settle();
    await expect.poll(() => field('make-account-c2')).not.toBeNull();
    field('make-account-c2').click();
    await choosePassphrase();
    await submit();
    expect(asked('madeKeys.add').map(({ accountId }) => accountId)).toEqual(['c1', 'c2']);
    expect(text()).toContain('Gitea');
  });

  it('K10: an account that wants a proof is asked for it, also where it is not the one that is shown', async () => {
    screen.wrapper.unmount();
    const { services, pinia } = screen;
    services.addAccount({ id: 'c2', providerName: 'Gitea', address: 'https://git.example' });
    services.accounts = { ...services.accounts, currentId: 'c1' };
    await useAccountsStore(pinia).reload();
    useKeyMakeStore(pinia).open();
    screen = mountWithHost(MakeDialog, {}, { ...screen, services, pinia });
    await expect.poll(() => field('make-account-c2')).not.toBeNull();
    field('make-account-c1').click();
    field('make-account-c2').click();
    await choosePassphrase();
    services.faults.set('madeKeys.add', new AppError('reauth-required'));
    await submit();
    const reauth = useReauthStore(pinia);
    await expect.poll(() => reauth.isAsking).toBe(true);
    expect(reauth.askedId).toBe('c2');
    services.faults.clear();
    await reauth.prove({ kind: 'password', password: 'right' });
    await settle();
    expect(asked('madeKeys.add').map(({ accountId }) => accountId)).toEqual(['c2', 'c2']);
    expect(asked('reauth.prove').map(({ accountId }) => accountId)).toEqual(['c2']);
    expect(text()).not.toContain('Not added.');
  });

  it('K10: an agent that takes no limits is asked without one', async () => {
    await choosePassphrase();
    await type('make-agent', 'hour');
    screen.services.faults.set('madeKeys.lend', new AppError('agent-unavailable', { reason: 'agent-takes-no-limits' }));
    await submit();
    screen.services.faults.clear();
    await press('Add without a limit');
    expect(asked('madeKeys.lend').map(({ lifetime }) => lifetime)).toEqual([3_600, null]);
    expect(text()).not.toContain('Not added.');
  });

  it('K10: what is made after its screen has gone is given to nobody', async () => {
    await choosePassphrase();
    const gate = createGate();
    screen.services.gates.set('madeKeys.make', gate.opened);
    await submit();
    screen.wrapper.unmount();
    gate.open();
    await settle();
    await settle();
    expect([asked('madeKeys.add'), asked('madeKeys.discard')]).toEqual([[], [{ madeId: 'm1' }]]);
  });
});
