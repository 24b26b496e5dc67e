import type { Page } from '@playwright/test';
import type { Stage } from './fixtures.ts';

export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
export const count = ({ services }: Stage, channel: string) =>
  services.asked.filter((each) => each.channel === channel).length;

export async function openProfile(stage: Stage, { width = 1_200 } = {}) {
  const { services } = stage;
  const { id } = services.accounts.accounts[0] ?? services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  const page = await stage.open();
  await page.setViewportSize({ width, height: 860 });
  const section = page.getByRole('region', { name: 'Connect API Key' });
  await section.scrollIntoViewIfNeeded();
  return { page, section };
}

/** From the page to the key, through the question where one is asked. */
export async function generate(page: Page, name: string) {
  await page.getByRole('button', { name: /^Generate (new )?API key$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  await dialog.getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  return dialog;
}
