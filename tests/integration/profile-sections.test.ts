import { describe, expect, it, onTestFinished } from 'vitest';
import { contactCenter } from '../../server/presets/contact-center.ts';
import type { Preset } from '../../server/presets/preset.ts';
import { openAccount } from './account-under-test.ts';

async function open(preset?: Preset) {
  const account = await openAccount(preset);
  onTestFinished(() => account[Symbol.asyncDispose]());
  const { app, accountId, server } = account;
  const { accounts } = server.server.stores;
  return {
    ...account,
    setPermissions: (...permissions: string[]) =>
      accounts.setPermissions(accounts.find(server.identifier) ?? '', permissions),
    read: () => app.calls.profile.get({ accountId, from: 'provider' }),
  };
}

const thresholds = [
  { percent: 50, byMail: true },
  { percent: 90, byMail: false },
];

describe('W5 W6 notifications, against the real server', () => {
  it('are saved together with a new e-mail address, in one Update and without a clash', async () => {
    const { app, accountId, read } = await open();
    const { notifications, contact } = (await read()).sections;
    const { outcomes, snapshot } = await app.calls.profile.update({
      accountId,
      notifications: {
        revision: notifications.revision,
        changes: { quotaAlerts: true, thresholds, dailyReport: true },
      },
      contact: { revision: contact.revision, changes: { email: 'new@example.com' } },
    });
    expect(outcomes).toEqual({ notifications: { saved: true }, contact: { saved: true } });
    expect(snapshot.sections.notifications.values).toEqual({
      quotaAlerts: true,
      thresholds,
      dailyReport: true,
      // Until the new one is confirmed.
      sentTo: 'demo@profile-desk.example',
    });
  });

  it('changed elsewhere meanwhile are not overwritten, and shown', async () => {
    const { app, accountId, read, openAnother } = await open();
    const { revision } = (await read()).sections.notifications;
    const other = await openAnother();
    await other.app.calls.profile.update({
      accountId: other.accountId,
      notifications: { revision, changes: { thresholds } },
    });
    const change = {
      accountId,
      notifications: { revision, changes: { thresholds: [{ percent: 10, byMail: true }] } },
    };
    const { outcomes, snapshot } = await app.calls.profile.update(change);
    expect(outcomes.notifications).toEqual({ saved: false, error: { code: 'conflict' } });
    expect(snapshot.sections.notifications.values.thresholds).toEqual(thresholds);
    const { revision: newer } = snapshot.sections.notifications;
    const again = await app.calls.profile.update({
      accountId,
      notifications: { revision: newer, changes: { thresholds: thresholds.toReversed() } },
    });
    expect(again.outcomes.notifications).toEqual({ saved: true });
  });

  it('X6 are locked with the name of the permission as soon as it is taken away', async () => {
    const { app, accountId, read, setPermissions } = await open();
    const { notifications } = (await read()).sections;
    expect(notifications.access.thresholds).toEqual({ kind: 'editable' });
    setPermissions();
    const { outcomes, snapshot } = await app.calls.profile.update({
      accountId,
      notifications: { revision: notifications.revision, changes: { dailyReport: true } },
    });
    expect(outcomes.notifications).toMatchObject({
      saved: false,
      error: { code: 'forbidden', permission: 'Notifications Edit' },
    });
    expect(snapshot.sections.notifications.access.thresholds).toEqual({
      kind: 'needs-permission',
      permission: 'Notifications Edit',
    });
  });

  it('are not offered at a provider without them, which has a workplace instead', async () => {
    const { read } = await open(contactCenter);
    const { offers, sections } = await read();
    expect(offers).toEqual(['access-keys']);
    expect(sections.notifications.access.quotaAlerts).toEqual({ kind: 'not-offered' });
    expect(sections.workplace.choices.dialingPattern).toContainEqual({ id: 'international', name: 'International' });
    expect(sections.workplace.access).toEqual({
      dialingPattern: { kind: 'needs-permission', permission: 'Default Dialing Pattern Edit' },
      wfmNotifications: { kind: 'editable' },
      wfmInterval: { kind: 'editable' },
    });
  });
});

describe('W4 the role', () => {
  it('can be changed with the permission, to one of the provider’s roles', async () => {
    const { app, accountId, read, setPermissions } = await open();
    setPermissions('Role Change');
    const { user } = (await read()).sections;
    expect([user.access.role, user.choices.role.length]).toEqual([{ kind: 'editable' }, 4]);
    const change = (role: string) =>
      app.calls.profile.update({ accountId, user: { revision: user.revision, changes: { role } } });
    expect((await change('Emperor')).outcomes.user).toMatchObject({
      saved: false,
      error: { fields: { role: { code: 'not-a-choice' } } },
    });
    expect((await change('Viewer')).snapshot.sections.user.values.role).toBe('Viewer');
  });
});
