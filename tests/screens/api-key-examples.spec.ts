import { sampleApiKey } from '../../renderer/testing/sample-keys.ts';
import { openApiKeySection } from './api-key-section.ts';
import { expect, test, type Stage } from './fixtures.ts';

const copied = ({ services }: Stage) => services.asked.filter(({ channel }) => channel === 'apiKey.copyExample').length;

test('E7 W7 a key that is shown once: its example shows its end, and can be copied with it until Done', async ({
  stage,
}) => {
  const { page, section } = await openApiKeySection(stage);
  await section.getByRole('button', { name: 'Generate API key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Backup script');
  await page.keyboard.press('Enter');
  const made = page.getByRole('dialog', { name: 'Your new API key' });
  await expect(made.getByRole('tabpanel')).toContainText('••••1x9Q');
  await made.getByRole('button', { name: 'Copy with key' }).click();
  await expect(made.getByText(/Copied with your key filled in/)).toBeVisible();
  await stage.judge('api-key-made-example');
  await made.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await expect(section.getByRole('tabpanel')).toContainText('••••1x9Q');
  await expect(section.getByRole('tabpanel')).not.toContainText('YOUR_API_KEY');
});

test('E7 E12 to copy it with a key that can be shown again, a proof is asked for', async ({ stage }) => {
  const { services } = stage;
  services.keys.head.offers = ['reveal'];
  services.keys.addApiKey('');
  services.security.asksForProof = true;
  const { page, section } = await openApiKeySection(stage);
  await section.getByRole('button', { name: 'Copy with key' }).click();
  await page.getByRole('dialog', { name: 'Confirm it’s you' }).getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(section.getByText(/Copied with your key filled in/)).toBeVisible();
  await expect.poll(() => copied(stage)).toBe(2);
});

test('E7 usage examples: masked, in three languages, copied with the key', async ({ stage }) => {
  const { services } = stage;
  services.keys.addApiKey();
  services.keys.pendingApiKey = sampleApiKey;
  const { page, section } = await openApiKeySection(stage);
  await section.getByRole('tab', { name: 'curl' }).press('ArrowRight');
  await expect(section.getByRole('tab', { name: 'Node.js' })).toBeFocused();
  await expect(section.getByRole('tabpanel')).toContainText(`••••${sampleApiKey.slice(-4)}`);
  await section.getByRole('button', { name: 'Copy with key' }).click();
  await expect(section.getByText(/Copied with your key filled in/)).toBeVisible();
  await expect.poll(() => services.asked.at(-1)?.input).toEqual({ accountId: 'c1', kind: 'node' });
  await expect.poll(() => page.content()).not.toContain(sampleApiKey);
  services.keys.pendingApiKey = null;
  services.emit('apiKey.changed', services.keys.apiKeyOf('c1'));
  await section.getByRole('tab', { name: 'Python' }).click();
  await section.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(section.getByText(/put it in yourself/)).toBeVisible();
  await section.getByRole('tabpanel').scrollIntoViewIfNeeded();
  await stage.judge('api-key-examples');
});
