import { sampleEmail } from '../../renderer/testing/fake-emails.ts';
import type { FieldAccess } from '../../shared/contract/account/profile.ts';
import { expect, test } from './fixtures.ts';

const editable: FieldAccess = { kind: 'editable' };
const page: FieldAccess = { kind: 'hand-off', page: 'git.nordlicht.example', comesBack: false };
const long = (index: number) => `${'a-very-long-name-of-somebody.'.repeat(3)}${index}@mail.nordlicht.example`;

test('R5 several e-mail addresses: the primary and the unverified one are marked, one is added, a hundred long ones fit', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  services.profileOf('c1').operations = {
    ...services.profileOf('c1').operations,
    'email.change': page,
    'emails.add': editable,
    'emails.remove': editable,
    'emails.makePrimary': editable,
    'emails.sendVerification': editable,
  };
  services.emails.emails.push(
    sampleEmail('work@nordlicht.example'),
    sampleEmail('new@nordlicht.example', { isVerified: false, acts: ['sendVerification', 'remove'] }),
  );
  const window = await stage.open();
  const section = window.getByRole('region', { name: 'E-mail addresses' });
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByRole('listitem')).toHaveCount(3);
  await expect(window.getByRole('button', { name: /^Change e-mail at/ }), 'one place for it').toHaveCount(0);
  await stage.judge('emails');

  await section.getByRole('button', { name: 'Add an address' }).click();
  const dialog = window.getByRole('dialog', { name: 'Add an e-mail address' });
  services.emails.taken = ['bo@nordlicht.example'];
  await dialog.getByLabel('E-mail address').fill('bo@nordlicht.example');
  await dialog.getByRole('button', { name: 'Add an address' }).click();
  await expect(dialog.getByText('This address belongs to another account')).toBeVisible();
  await stage.judge('emails-taken');
  await dialog.getByLabel('E-mail address').fill('second@nordlicht.example');
  await dialog.getByLabel('E-mail address').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(section.getByRole('listitem').filter({ hasText: 'second@' })).toContainText('Unverified');

  services.emails.emails = [
    sampleEmail('mara@nordlicht.example', { isPrimary: true, acts: [] }),
    ...Array.from({ length: 100 }, (_each, index) => sampleEmail(long(index), { isVerified: index % 7 > 0 })),
  ];
  const { operations } = services.profileOf('c1');
  Object.assign(operations, { 'emails.makePrimary': page, 'emails.sendVerification': page });
  await window.setViewportSize({ width: 480, height: 900 });
  await window.reload();
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByRole('listitem')).toHaveCount(101);
  await expect.poll(() => window.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await section.getByRole('button', { name: 'Choose the primary address at git.nordlicht.example' }).focus();
  await stage.judge('emails-many-narrow');
});
