import type { DescribedField } from '../../../../shared/contract/account/described-fields.ts';
import { t } from '../../../lib/i18n/text.ts';
import type { Option } from '../fields/field-options.ts';

/** What there is to choose from, the field's own values always among it, and nothing where nothing may be chosen. */
export function optionsOf({ kind, choices, isRequired }: DescribedField, own: readonly string[]): Option[] {
  const named = choices.map(({ id, name }) => ({ value: id, label: name }));
  const others = own.filter((value) => value !== '' && choices.every(({ id }) => id !== value));
  const unnamed = others.map((value) => ({ value, label: value }));
  // Where one has to be chosen, that none is can be seen, not chosen again.
  const isNoneOffered = kind === 'one-of' && (!isRequired || own.includes(''));
  return [...(isNoneOffered ? [{ value: '', label: t('profile.emptyValue') }] : []), ...named, ...unnamed];
}

export function typeOf({ kind }: DescribedField): 'text' | 'email' | 'tel' | 'url' {
  if (kind === 'phone') return 'tel';
  if (kind === 'link') return 'url';
  return kind === 'email' ? 'email' : 'text';
}
