import app from '../../../locales/en/app.json';
import errors from '../../../locales/en/errors.json';
import profile from '../../../locales/en/profile.json';
import type { Texts } from '../../../shared/i18n.ts';
import type { Part } from './parts.ts';

/** What the start shows comes with it, in the language that everybody begins with. */
export const startTexts = { app, errors, profile } satisfies Partial<Record<Part, Texts>>;

const files = import.meta.glob<Texts>(
  ['../../../locales/*/*.json', '!../../../locales/*/native.json', '!../../../locales/en/{app,errors,profile}.json'],
  { import: 'default' },
);
const fileOf = (language: string, part: string): string => `../../../locales/${language}/${part}.json`;

/** Each folder of `locales` is a language. */
export const languages: readonly string[] = [
  ...new Set(Object.keys(files).map((file) => file.split('/').at(-2) ?? '')),
];

/** The texts of a file of `locales`. Fails as an `import()` does. */
export async function readPart(language: string, part: Part): Promise<Texts> {
  const read = files[fileOf(language, part)];
  if (!read) throw new Error(`there are no texts ${fileOf(language, part)}`);
  return read();
}
