import { sampleAccessSecret, sampleApiKey } from '../../renderer/testing/sample-keys.ts';
import { sampleAgent } from '../../renderer/testing/sample-profile.ts';
import { expect, test, type Stage } from './fixtures.ts';

async function openApiKey({ services, open }: Stage) {
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  services.keys.addApiKey();
  const page = await open();
  return {
    page,
    section: page.getByRole('region', { name: 'Connect API Key' }),
    guide: page.getByRole('dialog', { name: 'Replace your API key' }),
  };
}

test('X2 one key: places, exchange, test, switched', async ({ stage }) => {
  const { services } = stage;
  const { page, section, guide } = await openApiKey(stage);
  await section.getByRole('button', { name: 'Replace step by step' }).click();
  await guide.getByRole('button', { name: 'Cancel' }).click();
  await expect(section.getByRole('button', { name: 'Replace step by step' })).toBeVisible();
  await expect.poll(() => services.keys.rotation).toBeNull();
  await section.getByRole('button', { name: 'Replace step by step' }).click();
  await guide.getByRole('button', { name: 'Add' }).click();
  await expect(guide.getByLabel('Place', { exact: true })).toHaveAccessibleDescription(/fill this in/);
  for (const place of ['Office server', 'Laptop']) {
    await guide.getByLabel('Place', { exact: true }).fill(place);
    await page.keyboard.press('Enter');
    await expect(guide.getByText(place, { exact: true })).toBeVisible();
  }
  await stage.judge('rotation-prepare');
  await guide.getByRole('button', { name: 'Replace the key now' }).click();
  await expect(guide.getByLabel('API key', { exact: true })).toHaveValue(sampleApiKey);
  services.keys.isAccepted = false;
  await guide.getByRole('button', { name: 'Test the new key' }).click();
  await expect(guide.getByText('The new key was not accepted')).toBeVisible();
  await stage.judge('rotation-refused');
  services.keys.isAccepted = true;
  await guide.getByRole('button', { name: 'Test the new key' }).click();
  await expect(guide.getByText(/Control account accepted the new key/)).toBeVisible();
  await expect(guide.getByRole('button', { name: 'Finish', exact: true })).toHaveAccessibleDescription(
    'Tick off every place first.',
  );
  await guide.getByRole('checkbox', { name: /switched .*Office server/ }).check();
  await guide.getByRole('button', { name: 'Finish later' }).click();
  await page.getByRole('button', { name: 'Save to file' }).click();
  await expect(page.getByText(/^Saved to/)).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(guide.getByRole('checkbox', { name: /switched .*Office server/ })).toBeChecked();
  await guide.getByRole('checkbox', { name: /switched .*Laptop/ }).check();
  await guide.getByRole('button', { name: 'Finish', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => [services.keys.rotation, services.keys.pendingApiKey]).toEqual([null, null]);
});

test('X2 one key: "Finish later" leaves the key to be kept; ending without having kept it asks', async ({ stage }) => {
  const { services } = stage;
  const { page, section, guide } = await openApiKey(stage);
  await section.getByRole('button', { name: 'Replace step by step' }).click();
  await guide.getByRole('button', { name: 'Replace the key now' }).click();
  await guide.getByRole('button', { name: 'Stop' }).click();
  await page
    .getByRole('alertdialog', { name: 'Have you saved the key?' })
    .getByRole('button', { name: 'Show it again' })
    .click();
  await expect(guide.getByLabel('API key', { exact: true })).toHaveValue(sampleApiKey);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Your new API key' })).toBeVisible();
  await expect.poll(() => services.keys.rotation?.step).toBe('test');
});

test('X2 several keys: made beside, tested, switched, the old one stopped, started again, deleted later', async ({
  stage,
}) => {
  const { services } = stage;
  const { id } = services.addAccount({ providerName: 'Contact center' });
  services.profiles.set(id, sampleAgent(id));
  services.keys.addAccessKey({ name: 'Old dialer' });
  const page = await stage.open();
  await page.getByRole('tab', { name: 'Access keys' }).click();
  const panel = page.getByRole('tabpanel');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await panel.getByRole('button', { name: 'Actions for Old dialer' }).click();
  await page.getByRole('menuitem', { name: 'Replace step by step' }).click();
  const guide = page.getByRole('dialog', { name: /Replace .*Old dialer.* without a gap/ });
  await guide.getByRole('button', { name: 'Make the new key' }).click();
  await guide.getByRole('button', { name: 'Show Secret Key' }).click();
  await expect(guide.getByLabel('Secret key')).toHaveValue(sampleAccessSecret);
  await stage.judge('rotation-test');
  await guide.getByRole('button', { name: 'Test the new key' }).click();
  await guide.getByLabel('Place', { exact: true }).fill('Dialer in Malmö');
  await page.keyboard.press('Enter');
  await expect(guide.getByRole('button', { name: 'Stop the old key' })).toHaveAttribute('aria-disabled', 'true');
  await guide.getByRole('checkbox').check();
  await guide.getByLabel('Delete the old key').selectOption({ label: 'After 1 day' });
  await guide.getByRole('button', { name: 'Show what will be sent' }).click();
  await expect
    .poll(() => services.asked.findLast(({ channel }) => channel === 'apiCalls.preview'))
    .toMatchObject({ input: { act: { channel: 'accessKeys.setActive', isActive: false } } });
  await stage.judge('rotation-switch');
  await guide.getByRole('button', { name: 'Stop the old key' }).click();
  await expect(guide.getByText('The old key does not work any more')).toBeVisible();
  await expect.poll(() => Date.parse(services.keys.rotation?.deleteAt ?? '') - Date.now()).toBeGreaterThan(86_000_000);
  await stage.judge('rotation-stopped');
  await guide.getByRole('button', { name: 'Let it work again' }).click();
  await expect(guide.getByRole('button', { name: 'Stop the old key' })).toBeVisible();
  await guide.getByLabel('Delete the old key').selectOption({ label: 'Not by itself' });
  await guide.getByRole('button', { name: 'Stop the old key' }).click();
  await guide.getByRole('button', { name: 'Finish', exact: true }).click();
  await page.getByRole('button', { name: 'Yes, I’ve saved it' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => [services.keys.rotation, services.keys.pendingAccessKey]).toEqual([null, null]);
  await expect.poll(() => page.content()).not.toContain(sampleAccessSecret);
});

test('X2 X9 the time of the old key has come without a proof: said, deleted now after one, and the guide is over', async ({
  stage,
}) => {
  const { services } = stage;
  const { id } = services.addAccount({ providerName: 'Contact center' });
  services.profiles.set(id, sampleAgent(id));
  services.security.asksForProof = true;
  const old = services.keys.addAccessKey({ name: 'Old dialer', isActive: false });
  services.keys.rotation = {
    accountId: id,
    kind: 'access-key',
    step: 'stopped',
    oldKeyId: old.id,
    newKeyId: 'k9',
    places: [],
    testedAt: null,
    deleteAt: '2026-01-01T00:00:00.000Z',
  };
  const page = await stage.open();
  await page.getByRole('tab', { name: 'Access keys' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  const guide = page.getByRole('dialog', { name: /Replace .*Old dialer/ });
  await expect(guide.getByText(/It was to be deleted on .*Contact center may ask you to confirm/s)).toBeVisible();
  await stage.judge('rotation-overdue');
  await guide.getByRole('button', { name: 'Show what will be sent' }).click();
  await expect
    .poll(() => services.asked.findLast(({ channel }) => channel === 'apiCalls.preview'))
    .toMatchObject({ input: { act: { channel: 'accessKeys.remove', keyId: old.id } } });
  await guide.getByRole('button', { name: 'Delete the old key' }).click();
  await page.getByRole('dialog', { name: 'Confirm it’s you' }).getByLabel('Password', { exact: true }).fill('right');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect.poll(() => [services.keys.rotation, services.keys.accessKeys]).toEqual([null, []]);
});

test('X2 X13 the guide, 400 pixels wide', async ({ stage }) => {
  const { page, section, guide } = await openApiKey(stage);
  await page.setViewportSize({ width: 400, height: 860 });
  await section.getByRole('button', { name: 'Replace step by step' }).click();
  await guide.getByRole('button', { name: 'Replace the key now' }).click();
  await expect(guide.getByLabel('API key', { exact: true })).toBeVisible();
  await stage.judge('rotation-narrow');
});
