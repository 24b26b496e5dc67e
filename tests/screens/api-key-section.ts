import type { Locator, Page } from '@playwright/test';
import type { Stage } from './fixtures.ts';

/** The profile of an account that has an API key to offer, and the section of that. */
export async function openApiKeySection(stage: Stage): Promise<{ page: Page; section: Locator }> {
  const { services } = stage;
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  const page = await stage.open();
  return { page, section: page.getByRole('region', { name: 'Connect API Key' }) };
}
