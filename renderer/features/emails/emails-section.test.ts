import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { OperationAccess } from '../../../shared/contract/account/profile.ts';
import { sampleEmail } from '../../testing/fake-emails.ts';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import EmailsSection from './EmailsSection.vue';

const editable = { kind: 'editable' } as const;
const page = { kind: 'hand-off', page: 'git.example.org', comesBack: false } as const;
const all: OperationAccess = {
  'emails.add': editable,
  'emails.remove': editable,
  'emails.makePrimary': editable,
  'emails.sendVerification': editable,
};

async function setUp(
  operations: OperationAccess = all,
  prepare?: (at: Awaited<ReturnType<typeof createHostWithAccount>>) => void,
) {
  const testHost = await createHostWithAccount();
  const { services } = testHost;
  services.emails.emails.push(
    sampleEmail('work@nordlicht.example'),
    sampleEmail('new@nordlicht.example', { isVerified: false, acts: ['sendVerification', 'remove'] }),
  );
  prepare?.(testHost);
  const account = services.accounts.accounts[0]!;
  const mounted = mountWithHost(EmailsSection, { account, operations }, testHost);
  await settle();
  return { ...mounted, services };
}

const buttons = () => [...document.querySelectorAll('button')];
const button = (name: string) => buttons().find((each) => each.textContent.includes(name));
const dialog = () => document.querySelector('[role$=dialog]');

async function openDialog(name: string): Promise<void> {
  button(name)!.click();
  await expect.poll(() => dialog()).not.toBeNull();
  await settle();
}

async function confirm(name: string): Promise<void> {
  [...dialog()!.querySelectorAll('button')].find((each) => each.textContent.trim() === name)!.click();
  await settle();
}

async function add(email: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('#new-email')!;
  input.value = email;
  input.dispatchEvent(new Event('input'));
  dialog()!.querySelector('form')!.requestSubmit();
  await settle();
}

const told = () => useToasts().toasts.map(({ title, body }) => [title, body]);

describe('R5 several e-mail addresses', () => {
  it('are shown with the primary one and those that are not verified, and only what can be done with each', async () => {
    const { wrapper } = await setUp();
    expect(wrapper.findAll('li').map((row) => row.text())).toEqual([
      expect.stringMatching(/^mara@nordlicht.example\s*Primary$/),
      expect.stringMatching(/^work@nordlicht.example.*Make work@nordlicht.example the primary address.*Remove/s),
      expect.stringMatching(/^new@nordlicht.example\s*Unverified.*Send the mail that verifies/s),
    ]);
  });

  it('take a new one, and say that a mail was sent there', async () => {
    const { services } = await setUp();
    await openDialog('Add an address');
    expect(dialog()!.textContent).toContain('sends a mail there');
    await add(' second@nordlicht.example ');
    expect(services.asked.at(-1)).toMatchObject({ input: { email: 'second@nordlicht.example' } });
    expect(dialog()).toBeNull();
    expect(told()[0]).toEqual(['“second@nordlicht.example” is added', expect.stringContaining('Open its link')]);
  });

  it('claim no mail where the service sends none by itself', async () => {
    await setUp(all, ({ services }) => (services.emails.sendsMail = false));
    await openDialog('Add an address');
    expect(dialog()!.textContent).not.toContain('sends a mail');
    await add('second@nordlicht.example');
    expect(told()[0]?.[1]).toContain('It is not verified yet');
  });

  it.each([
    ['', 'Please fill this in', false],
    ['second', 'This is not an e-mail address', false],
    ['work@nordlicht.example', 'Your account has this address already', true],
    ['bo@nordlicht.example', 'belongs to another account at Control account', true],
  ])('refuse “%s” at the field: %s', async (email, message, isAsked) => {
    const { services } = await setUp(all, (at) => (at.services.emails.taken = ['bo@nordlicht.example']));
    await openDialog('Add an address');
    await add(email);
    const input = document.querySelector<HTMLInputElement>('#new-email')!;
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(dialog()!.textContent).toContain(message);
    expect(document.activeElement).toBe(input);
    expect(services.asked.some(({ channel }) => channel === 'emails.add')).toBe(isAsked);
  });

  it('lose one after a question alone', async () => {
    const { wrapper, services } = await setUp();
    await openDialog('Remove work@nordlicht.example');
    await confirm('Cancel');
    expect(services.emails.emails).toHaveLength(3);
    await openDialog('Remove work@nordlicht.example');
    await confirm('Remove');
    expect(wrapper.text()).not.toContain('work@nordlicht.example');
  });

  it('have another primary one after a question', async () => {
    const { wrapper } = await setUp();
    await openDialog('Make work@nordlicht.example the primary address');
    await confirm('Make primary');
    expect(
      wrapper
        .findAll('li')
        .find((row) => row.text().startsWith('work'))!
        .text(),
    ).toContain('Primary');
  });

  it('are sent their mail again, and say so where that fails', async () => {
    const { wrapper, services } = await setUp();
    button('Send the mail that verifies new@nordlicht.example again')!.click();
    await settle();
    expect(told()[0]?.[0]).toBe('A mail was sent to “new@nordlicht.example”');
    services.faults.set('emails.sendVerification', new AppError('rate-limited'));
    button('Send the mail that verifies new@nordlicht.example again')!.click();
    await settle();
    expect(wrapper.text()).toContain('The mail was not sent');
  });

  it('X6 are locked with the reason where a permission is missing', async () => {
    const needs = { kind: 'needs-permission', permission: 'write:user' } as const;
    await setUp({ 'emails.add': needs, 'emails.remove': needs });
    expect(button('Add an address')!.getAttribute('aria-disabled')).toBe('true');
    expect(document.body.textContent).toContain('write:user');
    expect(button('Make work@nordlicht.example'), 'absent').toBeUndefined();
  });

  it('R1 lead to the page of the service, once, for what only that does', async () => {
    await setUp({ ...all, 'emails.makePrimary': page, 'emails.sendVerification': page });
    await expect.poll(() => button('Choose the primary address at git.example.org')).toBeDefined();
    expect(buttons().filter(({ textContent }) => textContent.includes('git.example.org'))).toHaveLength(2);
    expect(button('Make work@nordlicht.example')).toBeUndefined();
  });

  it('say why they cannot be read, and are read on another try', async () => {
    const fault = new AppError('server-fault');
    const { wrapper, services } = await setUp(all, (at) => {
      for (const from of ['provider', 'cache']) at.services.faults.set(`emails.list ${from}`, fault);
    });
    expect(wrapper.text()).toContain('Your e-mail addresses could not be read');
    services.faults.clear();
    button('Try again')!.click();
    await settle();
    expect(wrapper.findAll('li')).toHaveLength(3);
  });

  it('D5 are shown without a network, and locked', async () => {
    const { wrapper } = await setUp(all, ({ services }) => {
      services.faults.set('emails.list provider', new AppError('offline'));
      services.setState('c1', { kind: 'offline', since: '2026-03-01T09:00:00.000Z', cause: { code: 'offline' } });
    });
    expect(wrapper.findAll('li')).toHaveLength(3);
    expect(button('Add an address')!.getAttribute('aria-disabled')).toBe('true');
  });
});
