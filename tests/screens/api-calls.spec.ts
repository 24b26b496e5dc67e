import { createGate } from '../../renderer/testing/waiting.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test, type Stage } from './fixtures.ts';

async function openSessions({ services, open }: Stage) {
  services.addAccount();
  const page = await open();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions', level: 1 })).toBeFocused();
  return page;
}

test('E13 the calls behind a page, by keyboard; each can be copied as a command', async ({ stage }) => {
  const page = await openSessions(stage);
  const button = page.getByRole('button', { name: 'API calls of this page' });
  await button.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Do this with the API' });
  await expect(panel.getByText('/me/sessions/close')).toBeVisible();
  await stage.judge('api-calls');
  await panel.getByRole('button', { name: 'Copy as a curl command: Delete an access key' }).click();
  const text = `curl --request DELETE --header "Authorization: Bearer $TOKEN" 'https://api.nordlicht.example/me/access-keys/{id}'`;
  await expect
    .poll(() => stage.services.asked.findLast(({ channel }) => channel === 'clipboard.copyText'))
    .toEqual({ channel: 'clipboard.copyText', input: { text } });
  await panel.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(panel).toBeHidden();
  await expect(button).toBeFocused();
});

test('E13 without the description: why, and another try', async ({ stage }) => {
  const page = await openSessions(stage);
  stage.services.faults.set('apiCalls.list', new AppError('offline', { reason: 'timed-out' }));
  await page.getByRole('button', { name: 'API calls of this page' }).click();
  const panel = page.getByRole('dialog', { name: 'Do this with the API' });
  await expect(panel.getByText('The calls cannot be shown now')).toBeVisible();
  await stage.judge('api-calls-failed');
  stage.services.faults.clear();
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByText('/me/sessions/close')).toBeVisible();
});

test('E13 a provider without such calls says so; narrow', async ({ stage, page: window }) => {
  await window.setViewportSize({ width: 400, height: 700 });
  stage.services.apiCalls.operations = [];
  const page = await openSessions(stage);
  await page.getByRole('button', { name: 'API calls of this page' }).click();
  await expect(page.getByText(/has no call that does what this page does/)).toBeVisible();
  await stage.judge('api-calls-none-narrow');
});

test('X9 before other sessions are closed: what will be sent', async ({ stage }) => {
  const page = await openSessions(stage);
  await page.getByRole('button', { name: 'Close all others' }).click();
  const dialog = page.getByRole('alertdialog');
  const show = dialog.getByRole('button', { name: 'Show what will be sent' });
  await expect(show).toHaveAttribute('aria-expanded', 'false');
  await show.click();
  await expect(dialog.getByText('POST https://api.nordlicht.example/me/sessions/close')).toBeVisible();
  await expect(dialog.getByText('Bearer ••••••••')).toBeVisible();
  await stage.judge('request-preview');
  await expect
    .poll(() => stage.services.asked.findLast(({ channel }) => channel === 'apiCalls.preview'))
    .toMatchObject({
      channel: 'apiCalls.preview',
      input: { act: { channel: 'sessions.closeOthers' } },
    });
  await expect.poll(() => stage.services.asked.map(({ channel }) => channel)).not.toContain('sessions.closeOthers');
});

test('X9 a change of password shows its choice, never a password', async ({ stage }) => {
  stage.services.addAccount();
  const page = await stage.open();
  await page.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change password' });
  await dialog.getByLabel('New password', { exact: true }).fill('correct horse battery');
  await dialog.getByLabel('Sign out my other sessions').uncheck();
  await dialog.getByRole('button', { name: 'Show what will be sent' }).click();
  await expect(dialog.getByText(/Nothing has been sent/)).toBeVisible();
  await expect
    .poll(() => stage.services.asked.findLast(({ channel }) => channel === 'apiCalls.preview')?.input)
    .toEqual({
      accountId: 'c1',
      act: { channel: 'password.change', endOtherSessions: false },
    });
});

test('X9 what is typed while the request is shown is in it, whichever answer comes last', async ({ stage }) => {
  const { services } = stage;
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  const page = await stage.open();
  await page.getByRole('button', { name: 'Generate API key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate an API key' });
  await dialog.getByRole('button', { name: 'Show what will be sent' }).click();
  await expect(dialog.getByText(/Nothing has been sent/)).toBeVisible();
  const gate = createGate();
  services.gates.set('apiCalls.preview', gate.opened);
  await dialog.getByLabel('Name').pressSequentially('Backup');
  gate.open();
  await expect
    .poll(() => services.asked.findLast(({ channel }) => channel === 'apiCalls.preview'))
    .toMatchObject({ channel: 'apiCalls.preview', input: { act: { name: 'Backup' } } });
  await expect(dialog.locator('pre')).toContainText('"name": "Backup"');
});

test('X9 if it cannot be prepared, it says why and the act can be done all the same', async ({ stage }) => {
  const page = await openSessions(stage);
  stage.services.faults.set('apiCalls.preview', new AppError('not-offered'));
  await page.getByRole('button', { name: 'Close all others' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Show what will be sent' }).click();
  await expect(dialog.getByText(/The request cannot be shown now/)).toBeVisible();
  await stage.judge('request-preview-failed');
  await dialog.getByRole('button', { name: /^Close \d+ sessions/ }).click();
  await expect(dialog).toBeHidden();
});
