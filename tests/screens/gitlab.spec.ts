import type { OperationAccess } from '../../shared/contract/account/profile.ts';
import { sampleAgent } from '../../renderer/testing/sample-profile.ts';
import { expect, test } from './fixtures.ts';

const page = { kind: 'hand-off', page: 'gitlab.example', comesBack: false } as const;
const editable = { kind: 'editable' } as const;
const operations: OperationAccess = {
  'profile.update': page,
  'avatar.change': editable,
  'avatar.remove': page,
  'sessions.close': page,
  'accessKeys.create': page,
  'accessKeys.rotate': editable,
  'accessKeys.remove': editable,
  'sshKeys.add': editable,
};

test('R7 E7 E8 GitLab: tokens are exchanged here, sessions are on its page, a picture is taken away there', async ({
  stage,
}) => {
  const { services } = stage;
  const { id } = services.addAccount({ kind: 'gitlab', providerName: 'GitLab' });
  const profile = sampleAgent(id);
  services.profiles.set(id, { ...profile, operations, offers: ['access-keys', 'identity-keys'] });
  services.keys.form = 'token';
  services.keys.head = { ...services.keys.head, offers: ['expiry'] };
  services.keys.addAccessKey({ name: 'Profile Desk', scopes: ['api'], isOwn: true });
  const scopes = ['read_api', 'read_repository', 'write_repository', 'read_registry', 'write_registry'];
  services.keys.addAccessKey({
    name: 'Nightly',
    scopes,
    expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
  });
  const screen = await stage.open();
  await screen.setViewportSize({ width: 1_200, height: 860 });
  await screen.getByRole('tab', { name: 'Access tokens' }).click();
  await screen.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(screen.getByRole('button', { name: 'Make a token at gitlab.example' })).toBeVisible();
  await stage.judge('gitlab-tokens');
  await screen.getByRole('button', { name: 'Actions for Nightly' }).click();
  await screen.getByRole('menuitem', { name: 'Replace at once' }).click();
  await expect(screen.getByRole('dialog')).toContainText('The one before stops at once');
  await stage.judge('gitlab-replace-token');
  await screen.getByRole('dialog').getByRole('button', { name: 'Make the new token' }).click();
  await expect(screen.getByRole('region', { name: 'New token' })).toBeVisible();
  await screen.setViewportSize({ width: 480, height: 860 });
  await expect.poll(() => screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('gitlab-new-token-narrow');
  await screen.getByRole('button', { name: 'Done', exact: true }).click();
  await screen.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await screen.getByRole('link', { name: 'Sessions' }).click();
  await expect(screen.getByRole('button', { name: 'See sessions at gitlab.example' })).toBeVisible();
  await expect(screen.getByText('This session')).toBeHidden();
  await stage.judge('gitlab-sessions-narrow');
});

test('R7 E11 GitLab: an SSH key is for something, and ends on a day', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount({ kind: 'gitlab', providerName: 'GitLab' });
  services.profiles.set(id, { ...sampleAgent(id), operations, offers: ['identity-keys'] });
  services.sshKeys.head = {
    ...services.sshKeys.head,
    ...{ canRename: false, canVerify: false, canExpire: true, usages: ['both', 'authentication', 'signing'] },
  };
  const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
  services.sshKeys.addKey({ title: 'Laptop', usage: 'signing', expiresAt });
  services.sshKeys.addKey({ title: 'Old', usage: 'both', expiresAt: '2025-01-01T00:00:00.000Z' });
  const screen = await stage.open();
  await screen.setViewportSize({ width: 1_200, height: 860 });
  await screen.getByRole('link', { name: 'Identity keys' }).click();
  await expect(screen.getByText('Expires in 5 days').first()).toBeVisible();
  await stage.judge('gitlab-ssh-keys');
  await screen.getByRole('button', { name: 'Add keys' }).click();
  await screen.getByRole('menuitem', { name: 'Paste or type a key' }).click();
  await screen.setViewportSize({ width: 480, height: 860 });
  await screen.getByLabel('New keys expire on').fill('2020-01-01');
  await screen.getByRole('dialog').getByRole('button', { name: 'Add key' }).click();
  await expect(screen.getByRole('dialog')).toContainText('Choose a day that is still to come.');
  await stage.judge('gitlab-paste-narrow');
});
