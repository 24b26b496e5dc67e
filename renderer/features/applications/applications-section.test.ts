import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '../../../shared/contract/account/accounts.ts';
import type { FieldAccess } from '../../../shared/contract/account/profile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createHostWithAccount } from '../../testing/host-with-account.ts';
import type { TestHost } from '../../testing/host-for-tests.ts';
import { mountWithHost } from '../../testing/mount-with-host.ts';
import { settle } from '../../testing/waiting.ts';
import ApplicationsSection from './ApplicationsSection.vue';

const offline: ConnectionState = {
  ...{ kind: 'offline', since: '2026-03-01T10:00:00.000Z' },
  cause: { code: 'offline', reason: 'no-network' },
};

interface Options {
  readonly access?: FieldAccess;
  readonly prepare?: (host: TestHost) => void;
}

async function setUp({ access = { kind: 'editable' }, prepare }: Options = {}) {
  const host = await createHostWithAccount({ kind: 'keycloak', providerName: 'staff' });
  prepare?.(host);
  const [account] = host.services.accounts.accounts;
  const mounted = mountWithHost(
    ApplicationsSection,
    { account, operations: { 'applications.withdraw': access } },
    host,
  );
  await settle();
  return mounted;
}

const buttons = () =>
  [...document.querySelectorAll('li button')].map((button) => button.querySelector('.sr-only')?.textContent);
const press = (text: string, within = 'body') =>
  [...document.querySelectorAll<HTMLElement>(`${within} button`)]
    .find((button) => button.textContent.includes(text))!
    .click();

describe('R4 applications with access', () => {
  it('are shown with what they may use, and a way to withdraw what was granted', async () => {
    const { wrapper } = await setUp();
    const rows = wrapper.findAll('li').map((row) => row.text());
    expect(rows[0]).toMatch(
      /Team calendar.*Meetings of everybody.*calendar\.example.*allowed on .*2026.*signed in now/s,
    );
    expect(rows[0]).toContain('May use: User profile and Email address');
    expect(rows[1]).toContain('also while you are signed out');
    expect(rows[2]).toContain('You were not asked to allow anything');
    expect(rows[3]).toContain('This app');
    expect(buttons()).toEqual(['Withdraw the access of Team calendar', 'Withdraw the access of Night backup']);
  });

  it('lose it after a question', async () => {
    const { services } = await setUp();
    press('Withdraw access', 'li');
    await expect.poll(() => document.querySelector('[role=alertdialog]')).not.toBeNull();
    expect(services.asked.some(({ channel }) => channel === 'applications.withdraw')).toBe(false);
    press('Withdraw access', '[role=alertdialog]');
    await expect.poll(() => document.querySelector('[role=alertdialog]')).toBeNull();
    expect(services.asked).toContainEqual({
      channel: 'applications.withdraw',
      input: { accountId: 'c1', applicationId: 'calendar' },
    });
    expect(buttons()).toEqual(['Withdraw the access of Night backup']);
  });

  it('say why one could not be withdrawn, and are read once more', async () => {
    const { services } = await setUp();
    services.faults.set('applications.withdraw', new AppError('not-found'));
    services.applications.applications = [];
    press('Withdraw access', 'li');
    await expect.poll(() => document.querySelector('[role=alertdialog]')).not.toBeNull();
    press('Withdraw access', '[role=alertdialog]');
    await expect.poll(() => document.querySelector('[role=alertdialog] [role=alert]')).not.toBeNull();
    await expect.poll(() => document.body.textContent).toContain('No application uses your account');
  });

  it('X6 name the role without which nothing can be withdrawn', async () => {
    const { wrapper } = await setUp({ access: { kind: 'needs-permission', permission: 'manage-account' } });
    const button = wrapper.find('li button');
    expect(button.attributes('aria-disabled')).toBe('true');
    expect(document.body.textContent).toContain('manage-account');
  });

  it('that are shown to nobody without a role say which, and can be asked for again', async () => {
    const refusal = new AppError('forbidden', { permission: 'view-applications' });
    const { wrapper, services } = await setUp({
      prepare: ({ services }) => {
        services.faults.set('applications.list cache', new AppError('not-found'));
        services.faults.set('applications.list provider', refusal);
      },
    });
    expect(wrapper.find('[role=alert]').text()).toContain('view-applications');
    services.faults.clear();
    press('Try again');
    await expect.poll(() => buttons()).toHaveLength(2);
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
  });

  it('are not there where the service tells of none at all', async () => {
    const { wrapper } = await setUp({
      prepare: ({ services }) => {
        services.faults.set('applications.list cache', new AppError('not-found'));
        services.faults.set('applications.list provider', new AppError('not-offered'));
      },
    });
    expect(wrapper.find('section').exists()).toBe(false);
  });

  it('D5 are as they were last seen while the service is out of reach, and locked', async () => {
    const { wrapper } = await setUp({
      access: { kind: 'offline' },
      prepare: ({ services }) => {
        services.setState('c1', offline);
        services.faults.set('applications.list provider', new AppError('offline', { reason: 'no-network' }));
      },
    });
    expect(wrapper.text()).toContain('As of');
    expect(wrapper.find('[role=alert]').exists()).toBe(false);
    expect(wrapper.find('li button').attributes('aria-disabled')).toBe('true');
  });

  it('D5 that were never seen say when they can be', async () => {
    const { wrapper } = await setUp({
      prepare: ({ services }) => {
        services.setState('c1', offline);
        for (const from of ['cache', 'provider'] as const)
          services.faults.set(`applications.list ${from}`, new AppError('offline', { reason: 'no-network' }));
      },
    });
    expect(wrapper.text()).toContain('can be seen and changed again once staff can be reached');
  });
});
