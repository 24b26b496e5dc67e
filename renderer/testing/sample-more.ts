import type { DescribedField, DescribedValue } from '../../shared/contract/account/described-fields.ts';
import type { FieldAccess, ProfileSnapshot } from '../../shared/contract/account/profile.ts';

type More = ProfileSnapshot['sections']['more'];
type Entry = Partial<DescribedField> & {
  readonly label: string;
  readonly value?: DescribedValue;
  readonly access?: FieldAccess;
};

const editable: FieldAccess = { kind: 'editable' };
const choices = (...names: string[]) => names.map((name) => ({ id: name.toLowerCase(), name }));

/** One field of each kind, as a service describes them. */
const entries: Readonly<Record<string, Entry>> = {
  locale: {
    label: '',
    kind: 'one-of',
    choices: [
      { id: 'de', name: 'Deutsch' },
      { id: 'en', name: 'English' },
    ],
    value: 'en',
  },
  nickname: {
    label: 'Nickname',
    help: 'What colleagues call you',
    limits: { minLength: 2, maxLength: 20 },
    value: 'Mar',
  },
  about: { label: 'About you', kind: 'multi-line', limits: { maxLength: 500 }, value: 'Sails at weekends.\nBakes.' },
  birthdate: { label: 'Date of birth', kind: 'date', value: '1990-05-17' },
  website: { label: 'Website', kind: 'link', value: '' },
  nicknames_before: { label: 'Earlier nicknames', kind: 'list', limits: { maxCount: 3 }, value: ['Mia'] },
  department: {
    ...{ label: 'Department', kind: 'one-of', isRequired: true, group: 'work', value: 'research' },
    choices: choices('Research', 'Sales', 'Support'),
  },
  languages: {
    ...{ label: 'Languages', kind: 'several-of', group: 'work', value: ['english', 'german'] },
    ...{ choices: choices('English', 'German', 'French', 'Portuguese (Brazil)'), limits: { maxCount: 2 } },
  },
  desk: { label: 'Desk', kind: 'number', group: 'work', limits: { min: 1, max: 999 }, value: '42' },
  parking: { label: 'Needs a parking space', kind: 'yes-no', group: 'work', value: '' },
  badge: { label: 'Badge', group: 'work', value: 'B-1001', access: { kind: 'set-by-provider' } },
};

/** The section, of these fields or others in their place. */
export function sampleMore(of: Readonly<Record<string, Entry>> = entries): More {
  const all = Object.entries(of);
  return {
    revision: 'm1',
    groups: [{ id: 'work', heading: 'Work', description: 'Where you are found in the house' }],
    fields: all.map(([id, { value: _value, access: _access, ...field }]) => ({
      ...{ id, help: '', kind: 'text' as const, isRequired: false, group: null, choices: [], limits: {} },
      ...field,
    })),
    values: Object.fromEntries(all.map(([id, { value = '' }]) => [id, typeof value === 'string' ? value : [...value]])),
    access: Object.fromEntries(all.map(([id, { access = editable }]) => [id, access])),
  };
}
