import type { Page } from '@playwright/test';
import { sampleProfile } from '../../renderer/testing/sample-profile.ts';
import type { FieldAccess } from '../../shared/contract/account/profile.ts';
import { expect, test, type Stage } from './fixtures.ts';

const proven = { kind: 'editable', needsReauth: true } satisfies FieldAccess;

/** An account at a service that tells how many codes are left with the codes alone, and whose session ends soon. */
function play({ services }: Stage): void {
  services.addAccount({ kind: 'kratos', address: 'https://auth.example.org', providerName: 'auth.example.org' });
  services.profiles.set('c1', {
    ...sampleProfile('c1'),
    offers: [],
    operations: {
      'profile.update': { kind: 'editable' },
      'password.change': { kind: 'editable' },
      'mfa.enrol': proven,
      'mfa.removeDevice': proven,
      'mfa.turnOff': proven,
      'recoveryCodes.show': proven,
      'recoveryCodes.renew': proven,
    },
  });
  const { security } = services;
  security.turnOn();
  security.asksForProof = true;
  security.tellsCodesAlone = true;
  security.issued = {
    createdAt: null,
    codes: Array.from({ length: 12 }, (_, index) => ({ code: index < 2 ? '' : `q${index}zdxmm`, isUsed: index < 2 })),
  };
  security.sessionEndsAt = new Date(Date.now() + 10 * 60_000).toISOString();
}

async function judgeNarrow(stage: Stage, page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 480, height: 1_400 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await stage.judge(`${name}-narrow`);
}

test('R8 E5 a set whose codes alone tell how many are left, and a session that ends', async ({ stage }) => {
  play(stage);
  const page = await stage.open();
  const banner = page.getByText('You are signed in at auth.example.org for another');
  await expect(banner).toBeVisible();
  await page.getByRole('link', { name: 'Security' }).click();
  await expect(page.getByText('You have a set. How many are left is told only with the codes.')).toBeVisible();
  await stage.judge('kratos-security');
  await judgeNarrow(stage, page, 'kratos-security');

  await page.getByRole('button', { name: 'Show codes' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await proof.getByLabel('Password', { exact: true }).fill('right');
  await proof.getByRole('button', { name: 'Confirm' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' });
  await expect(codes.getByRole('listitem')).toHaveCount(12);
  await expect(codes.getByRole('listitem').first()).toContainText('used');
  await stage.judge('kratos-codes');
  // The proof was a sign-in.
  await expect(banner).toBeHidden();
});
