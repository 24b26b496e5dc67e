import { countryCodes } from '../../../../shared/countries.ts';
import { formatCountry, formatDuration } from '../../../lib/formats.ts';
import { currentCatalogue } from '../../../lib/i18n/language.ts';
import { t } from '../../../lib/i18n/text.ts';
import type { Choice } from './field-path.ts';
import type { FieldSpec } from './field-spec.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Minutes (C6). */
const wfmIntervals = [5, 10, 15];

/** What a field offers to choose from, its own value always among them; undefined for one that is typed. */
export function optionsOf({ kind }: FieldSpec, choices: readonly Choice[], value: string): Option[] | undefined {
  switch (kind) {
    case 'country':
      return [
        none(),
        ...withOwn(namedCountries(), value, formatCountry).sort((a, b) =>
          a.label.localeCompare(b.label, currentCatalogue().language),
        ),
      ];
    case 'minutes':
      return withOwn(
        wfmIntervals.map((minutes) => toMinutes(String(minutes))),
        value,
        (minutes) => toMinutes(minutes).label,
      );
    case 'choice-or-none':
      return [none(), ...withOwn(named(choices), value)];
    case 'choice':
      return choices.length > 0 ? withOwn(named(choices), value) : undefined;
    case 'text':
    case 'email':
    case 'tel':
      return undefined;
  }
}

/** The name of what is chosen; a typed value is its own. */
export function nameOf({ kind }: FieldSpec, choices: readonly Choice[], value: string): string {
  if (value === '') return '';
  if (kind === 'country') return formatCountry(value);
  if (kind === 'minutes') return toMinutes(value).label;
  return choices.find(({ id }) => id === value)?.name ?? value;
}

const none = (): Option => ({ value: '', label: t('profile.emptyValue') });

function withOwn(options: Option[], value: string, name = (own: string) => own): Option[] {
  if (value === '' || options.some((each) => each.value === value)) return options;
  return [{ value, label: name(value) }, ...options];
}

function named(choices: readonly Choice[]): Option[] {
  return choices.map(({ id, name }) => ({ value: id, label: name }));
}

function namedCountries(): Option[] {
  return countryCodes.map((code) => ({ value: code, label: formatCountry(code) }));
}

function toMinutes(minutes: string): Option {
  return { value: minutes, label: formatDuration(Number(minutes) * 60) };
}
