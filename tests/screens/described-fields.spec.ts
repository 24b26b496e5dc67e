import { sampleMore } from '../../renderer/testing/sample-more.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { expect, test } from './fixtures.ts';

test('R3 fields that the service describes: one of each kind, changed and sent in one Update', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  services.profileOf('c1').sections.more = sampleMore();
  const page = await stage.open();
  const section = page.getByRole('region', { name: 'More at Control account' });
  await expect(section.getByRole('heading', { name: 'Work' })).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await stage.judge('described');
  await expect(section.getByLabel('Language', { exact: true })).toHaveValue('en');
  const nickname = section.getByRole('textbox', { name: 'Nickname', exact: true });
  await expect(nickname).toHaveAccessibleDescription(/What colleagues call you · .*2 to 20/);
  await nickname.fill('Mimi');
  await section.getByLabel('Department').selectOption('Sales');
  const languages = section.getByRole('group', { name: 'Languages' });
  await languages.getByLabel('German').uncheck();
  await languages.getByLabel('French').check();
  const before = section.getByRole('group', { name: 'Earlier nicknames' });
  await before.getByRole('button', { name: 'Add an entry' }).click();
  await expect(before.getByLabel('Entry 2', { exact: true })).toBeFocused();
  await page.keyboard.type('Mara L.');
  const born = section.getByLabel('Date of birth');
  await born.focus();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+s');
  await expect(born).toHaveAccessibleDescription('This is not a date.');
  await born.fill('1991-06-18');
  await section.getByLabel('Needs a parking space').check();
  await expect(section.getByLabel('Badge')).not.toBeEditable();
  await expect(section.getByRole('button', { name: 'Undo' })).toHaveCount(6);
  await stage.judge('described-changed');
  await page.getByRole('button', { name: 'Update 6 changes' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => services.asked.find(({ channel }) => channel === 'profile.update')?.input)
    .toEqual({
      accountId: 'c1',
      more: {
        revision: 'm1',
        changes: {
          nickname: 'Mimi',
          department: 'sales',
          languages: ['english', 'french'],
          nicknames_before: ['Mia', 'Mara L.'],
          birthdate: '1991-06-18',
          parking: 'true',
        },
      },
    });
});

test('R3 W2 a refusal stands at its field, whichever section was sent, and a clash is asked about', async ({
  stage,
}) => {
  const { services } = stage;
  services.addAccount();
  services.profileOf('c1').sections.more = sampleMore();
  const fields = {
    'more.department': { code: 'required' },
    'more.nickname': { code: 'not-valid', text: 'Ask the front desk for that one' },
  } as const;
  services.refusals.set('user', new AppError('invalid-request', { fields }));
  const page = await stage.open();
  await page.getByLabel('First name').fill('Maria');
  await page.keyboard.press('Control+s');
  const nickname = page.getByRole('textbox', { name: 'Nickname', exact: true });
  await expect(nickname).toBeFocused();
  await expect(nickname).toHaveAccessibleDescription(/^Ask the front desk for that one/);
  await expect(page.getByLabel('Department')).toHaveAccessibleDescription(/^Please fill this in/);
  await expect(page.getByRole('alert').getByRole('button', { name: 'Department' })).toBeVisible();
  await stage.judge('described-refused');

  services.refusals.clear();
  const languages = page.getByRole('group', { name: 'Languages' });
  await languages.getByLabel('French').check();
  services.emit('profile.changed', services.changeElsewhere('c1', 'more', { languages: ['german'] }));
  await expect(languages.getByText('Changed elsewhere too')).toBeHidden();
  const clash = page.getByRole('group', { name: 'Changed elsewhere too' });
  await expect(clash).toContainText('English, German, and French');
  await stage.judge('described-clash');
  await clash.getByRole('button', { name: 'Take the other' }).click();
  await expect(languages.getByLabel('English')).not.toBeChecked();
});

test('R3 D5 X5 without the service those that are locked can be read whole, and the rest is kept as a draft', async ({
  stage,
}) => {
  const { services } = stage;
  const { id } = services.addAccount();
  const { more } = Object.assign(services.profileOf('c1').sections, { more: sampleMore() });
  for (const field of ['languages', 'department', 'birthdate']) more.access[field] = { kind: 'set-by-provider' };
  const page = await stage.open();
  await expect(page.getByRole('textbox', { name: 'Nickname', exact: true })).toBeEditable();
  services.setState(id, {
    kind: 'offline',
    since: '2026-03-01T09:00:00.000Z',
    cause: { code: 'offline', reason: 'connection-refused' },
  });
  const section = page.getByRole('region', { name: 'More at Control account' });
  await section.getByRole('textbox', { name: 'Nickname', exact: true }).fill('Em');
  await expect.poll(() => services.drafts.kept.get(id)?.edits).toMatchObject([{ path: 'more.nickname', mine: 'Em' }]);
  // By role: what can still be changed has no such value, which Playwright does not wait out.
  await expect(section.getByRole('textbox', { name: 'Languages' })).toHaveValue('English and German');
  await expect(section.getByRole('textbox', { name: 'Department' })).toHaveValue('Research');
  await expect(section.getByRole('textbox', { name: 'Date of birth' })).toHaveValue('May 17, 1990');
  await stage.judge('described-offline');
});

test('R3 X11 thirty fields with long names fit a narrow window', async ({ stage }) => {
  const { services } = stage;
  services.addAccount();
  const label = (index: number) =>
    index % 3 === 0 ? `Kostenstellenverantwortungsbereichsbezeichnung für ${String(index)}` : `Field ${String(index)}`;
  const kinds = ['text', 'multi-line', 'date', 'list', 'several-of', 'one-of', 'number'] as const;
  const entry = (index: number) => ({
    label: label(index),
    kind: kinds[index % kinds.length] ?? 'text',
    help:
      index % 4 === 0 ? 'Ask_the_front_desk_of_the_house_where_you_are_found_most_of_the_time if you do not know.' : '',
    choices: Array.from({ length: index }, (_, each) => ({
      id: String(each),
      name: 'Arbeitsunfähigkeitsbescheinigungsbeauftragte des ganzen Hauses',
    })),
    value: ['list', 'several-of'].includes(kinds[index % kinds.length] ?? '') ? ['0'] : '',
    group: index % 2 === 0 ? 'work' : null,
  });
  const all = Array.from({ length: 30 }, (_, index) => [`f${String(index)}`, entry(index)] as const);
  services.profileOf('c1').sections.more = sampleMore(Object.fromEntries(all));
  const page = await stage.open();
  await page.setViewportSize({ width: 480, height: 900 });
  await expect(page.getByLabel('Field 29')).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await page.getByRole('group', { name: 'Field 25' }).scrollIntoViewIfNeeded();
  await stage.judge('described-thirty-480');
});
