import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { mountWithHost } from '../../../testing/mount-with-host.ts';
import { sampleMore } from '../../../testing/sample-more.ts';
import { settle } from '../../../testing/waiting.ts';
import { useProfileStore } from '../profile.store.ts';
import { aboutText } from './limits-text.ts';
import MoreSection from './MoreSection.vue';

async function setUp(more = sampleMore()) {
  const testHost = createTestHost();
  const { id } = testHost.services.addAccount();
  testHost.services.profileOf(id).sections.more = more;
  const profile = useProfileStore(testHost.pinia);
  await useAccountsStore(testHost.pinia).start();
  await profile.open(id);
  const { wrapper } = mountWithHost(MoreSection, { more }, testHost);
  const control = (field: string) => wrapper.find(`[id="field-more-${field}"]`);
  return { profile, wrapper, control, services: testHost.services, id };
}

const only = (entry: NonNullable<Parameters<typeof sampleMore>[0]>[string]) => sampleMore({ x: entry });

describe('R3 a switch of two words', () => {
  it('is off where nothing was chosen, and off again is no change', async () => {
    const { profile, control } = await setUp(only({ label: 'X', kind: 'yes-no' }));
    await control('x').setValue(true);
    expect(profile.valueOf('more.x')).toBe('true');
    await control('x').setValue(false);
    expect(profile.isDirty).toBe(false);
  });

  it('says no where something has to be chosen, or yes was', async () => {
    const required = await setUp(only({ label: 'X', kind: 'yes-no', isRequired: true }));
    await required.control('x').setValue(true);
    await required.control('x').setValue(false);
    expect(required.profile.valueOf('more.x')).toBe('false');
    const chosen = await setUp(only({ label: 'X', kind: 'yes-no', value: 'true' }));
    await chosen.control('x').setValue(false);
    expect(chosen.profile.valueOf('more.x')).toBe('false');
  });
});

describe('R3 a list', () => {
  it('grows to what the service takes, and shrinks row by row', async () => {
    const { profile, control } = await setUp(
      only({ label: 'X', kind: 'list', value: ['a', 'b'], limits: { maxCount: 3 } }),
    );
    const add = () =>
      control('x')
        .findAll('button')
        .find((each) => each.text() === 'Add an entry');
    await add()?.trigger('click');
    expect(profile.valueOf('more.x')).toEqual(['a', 'b', '']);
    expect(add()).toBeUndefined();
    await control('x').findAll('input')[2]?.setValue('c');
    await control('x').find('[aria-label="Remove entry 1"]').trigger('click');
    expect(profile.valueOf('more.x')).toEqual(['b', 'c']);
  });
});

describe('R3 choices', () => {
  it('keep a value that is none of them until it is taken away', async () => {
    const choices = [
      { id: 'b', name: 'B' },
      { id: 'a', name: 'A' },
    ];
    const { profile, control } = await setUp(only({ label: 'X', kind: 'several-of', choices, value: ['a', 'old'] }));
    await control('x-0').setValue(true);
    expect(profile.valueOf('more.x')).toEqual(['b', 'a', 'old']);
    await control('x-2').setValue(false);
    expect(profile.valueOf('more.x')).toEqual(['b', 'a']);
  });

  it('offer nothing at all only where nothing is needed', async () => {
    const { control } = await setUp();
    const optionsOf = (field: string) =>
      control(field)
        .findAll('option')
        .map((each) => each.text());
    expect(optionsOf('department')).toEqual(['Research', 'Sales', 'Support']);
    expect(optionsOf('locale')).toEqual(['Not set', 'Deutsch', 'English']);
  });
});

describe('R3 W2 one Update', () => {
  it('counts described fields, undoes them one by one, and marks what is wrong', async () => {
    const { profile, control, services, wrapper } = await setUp();
    await control('nickname').setValue('Mimi');
    await control('desk').setValue('0');
    expect(profile.changed).toEqual(['more.nickname', 'more.desk']);
    const undo = wrapper.findAll('button').find((each) => each.text() === 'UndoDesk');
    await undo?.trigger('click');
    expect(profile.changed).toEqual(['more.nickname']);
    expect(await profile.update()).toBe(true);
    expect(services.profileOf('c1').sections.more.values['nickname']).toBe('Mimi');
  });

  it('X6 says why a field is locked', async () => {
    const permission = { kind: 'needs-permission', permission: 'manage-account' } as const;
    const { control, wrapper } = await setUp(only({ label: 'X', kind: 'list', value: ['a', 'b'], access: permission }));
    expect(control('x').attributes('readonly')).toBeDefined();
    expect((control('x').element as HTMLInputElement).value).toBe('a and b');
    expect(wrapper.text()).toContain('manage-account');
    await settle();
  });
});

describe('R3 R5 a field that the service has no word for', () => {
  it('is called by the word of the app, else by its id', async () => {
    const { profile } = await setUp(
      sampleMore({ website: { label: '' }, shoe: { label: '' }, location: { label: 'Desk' } }),
    );
    const labels = (['website', 'shoe', 'location'] as const).map((id) => profile.labelOf(`more.${id}`));
    expect(labels).toEqual(['Website', 'shoe', 'Desk']);
  });
});

describe('R3 what is said of a field', () => {
  const field = { id: 'x', label: 'X', help: '', kind: 'text', isRequired: false, group: null, choices: [] } as const;

  it.each([
    [{}, ''],
    [{ minLength: 2 }, '2 characters or more'],
    [{ maxLength: 20 }, 'Up to 20 characters'],
    [{ maxLength: 255 }, ''],
    [{ min: 1, max: 9 }, '1 to 9'],
    [{ minCount: 1, maxCount: 2 }, '1 to 2 entries'],
    [{ pattern: 'A letter, then digits' }, 'A letter, then digits'],
  ])('%j', (limits, text) => {
    expect(aboutText({ ...field, choices: [], limits }).replace(/[\u2066-\u2069]/g, '')).toBe(text);
  });
});

describe('X5 what is typed into a described field', () => {
  const choices = [
    { id: 'de', name: 'German' },
    { id: 'en', name: 'English' },
  ];
  it.each([
    { name: 'a text', entry: { label: 'X', value: 'a' }, typed: 'b', value: 'b' },
    { name: 'a choice', entry: { label: 'X', kind: 'one-of', choices, value: 'de' }, typed: 'en', value: 'English' },
    { name: 'a switch', entry: { label: 'X', kind: 'yes-no' }, typed: true, value: 'Yes' },
  ] as const)(
    'is kept with the words of the screen, for the day it is gone: $name',
    async ({ entry, typed, value }) => {
      const { profile, control, services, id } = await setUp(
        only({ ...entry, choices: [...('choices' in entry ? entry.choices : [])] }),
      );
      await control('x').setValue(typed);
      await profile.keep();
      expect(services.drafts.kept.get(id)?.edits).toMatchObject([{ path: 'more.x', shown: { label: 'X', value } }]);
    },
  );
});
