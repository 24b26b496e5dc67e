import { sampleApplications } from '../../renderer/testing/fake-applications.ts';
import { sampleProfile } from '../../renderer/testing/sample-profile.ts';
import { expect, test } from './fixtures.ts';

test('R4 applications: read, withdrawn after a question, locked with the reason, 480 pixels wide', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  const profile = sampleProfile('c1');
  services.profiles.set('c1', {
    ...profile,
    operations: { ...profile.operations, 'applications.withdraw': { kind: 'editable' } },
  });
  const page = await stage.open();
  await page.getByRole('link', { name: 'Security' }).click();
  const section = page.getByRole('region', { name: 'Applications with access' });
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByRole('listitem')).toHaveCount(4);
  await stage.judge('applications');

  await section.getByRole('button', { name: 'Withdraw the access of Team calendar' }).press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Withdraw the access of “Team calendar”?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await stage.judge('applications-question');
  await question.getByRole('button', { name: 'Withdraw access' }).click();
  await expect(page.getByText('“Team calendar” has no access to your account')).toBeVisible();
  await expect(section.getByRole('listitem')).toHaveCount(3);

  const long = 'a-service-of-the-house-with-a-very-long-name.internal.subsidiary.brightline.example';
  services.applications.applications = sampleApplications.map((each) => ({ ...each, name: long, site: long }));
  services.profiles.set('c1', {
    ...profile,
    operations: { 'applications.withdraw': { kind: 'needs-permission', permission: 'manage-account' } },
  });
  await page.setViewportSize({ width: 480, height: 900 });
  await page.goto(stage.newLink());
  await page.getByRole('link', { name: 'Security' }).click();
  await section.scrollIntoViewIfNeeded();
  const locked = section.getByRole('button', { name: `Withdraw the access of ${long}` }).first();
  await expect(locked).toHaveAccessibleDescription(/manage-account/);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge('applications-narrow');
});
