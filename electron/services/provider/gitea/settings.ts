import * as z from 'zod';
import type { DescribedField } from '../../../../shared/contract/account/described-fields.ts';
import type { ErrorShape, FieldErrors } from '../../../../shared/contract/error-shape.ts';
import type { Refusal } from '../../http/refusal.ts';
import { messageOf } from './http/problem.ts';
import type { Senders } from './http/senders.ts';
import type { RemotePerson } from './person.ts';

/** What the app has no field of its own for, by its name there; the app has a word for each. */
const others = [
  { id: 'pronouns', kind: 'text', maxLength: 50 },
  { id: 'website', kind: 'link', maxLength: 255 },
  { id: 'location', kind: 'text', maxLength: 50 },
  { id: 'description', kind: 'multi-line', maxLength: 255 },
] as const satisfies readonly {
  readonly id: keyof RemotePerson;
  readonly kind: DescribedField['kind'];
  maxLength: number;
}[];

/** Characters (code points), by the names that refusals have for the settings. */
const maxLengths: Readonly<Record<string, number>> = {
  full_name: 100,
  ...Object.fromEntries(others.map(({ id, maxLength }) => [id, maxLength])),
};

/** Those that this instance has. */
export function describeSettings(person: RemotePerson): DescribedField[] {
  const known = others.filter(({ id }) => typeof person[id] === 'string');
  return known.map(({ id, kind, maxLength }) => ({
    ...{ id, kind, label: '', help: '', isRequired: false, group: null, choices: [] },
    limits: { maxLength },
  }));
}

export function settingsOf(person: RemotePerson): Record<string, string> {
  return Object.fromEntries(describeSettings(person).map(({ id }) => [id, textOf(person, id)]));
}

function textOf(person: RemotePerson, id: string): string {
  const value = others.find((each) => each.id === id);
  return (value && person[value.id]) ?? '';
}

/** Sends these alone: all that the app does not know stays as it is. `fieldOf`: what a setting is called in the app. */
export async function writeSettings(
  { explaining }: Pick<Senders, 'explaining'>,
  body: Readonly<Record<string, string>>,
  fieldOf: (setting: string) => string = (setting) => setting,
): Promise<void> {
  const write = explaining((refusal) => explainSettings(refusal, Object.keys(body), fieldOf));
  await write({ method: 'PATCH', path: '/user/settings', body, schema: z.unknown() });
}

/** `[FullName]: MaxSize` is of `full_name`. */
function explainSettings(
  refusal: Refusal,
  sent: readonly string[],
  fieldOf: (setting: string) => string,
): ErrorShape | undefined {
  const [, name = '', rule = ''] = (refusal.status === 422 && /^\[(\w+)\]: (\w+)/.exec(messageOf(refusal))) || [];
  const setting = sent.find((each) => each.replaceAll('_', '') === name.toLowerCase());
  if (setting === undefined) return undefined;
  const limit = maxLengths[setting];
  const isTooLong = rule === 'MaxSize' && limit !== undefined;
  const error: FieldErrors[string] = isTooLong ? { code: 'too-long', limit } : { code: 'not-valid' };
  return { code: 'invalid-request', fields: { [fieldOf(setting)]: error } };
}
