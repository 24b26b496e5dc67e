import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import english from '../../../locales/en/native.json' with { type: 'json' };
import { chooseLanguage, createTranslate, type KeyOf, type Translate } from '../../../shared/i18n.ts';

// Menus, dialogs, notifications, saved files and pages in the browser: one language for the whole process, English at
// first.

type NativeTexts = typeof english;
let language = 'en';
let translate = createTranslate(english, language);

/** A text that a person reads outside of our window. */
export const nativeText: Translate<KeyOf<NativeTexts>> = (key, values) => translate(key, values);

/** Its tag (BCP 47). */
export const nativeLanguage = (): string => language;

/**
 * Takes the first of the preferred languages that there is; English where its texts cannot be read.
 *
 * @param folder `locales`, with a folder for each language.
 */
export function setNativeLanguage(preferred: readonly string[], folder: string): void {
  const chosen = chooseLanguage(preferred, listFolder(folder));
  const texts = chosen === 'en' ? english : readTexts(join(folder, chosen, 'native.json'));
  language = texts ? chosen : 'en';
  translate = createTranslate(texts ?? english, language);
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** That it has every text of English is tested before it is shipped. */
function readTexts(file: string): NativeTexts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as NativeTexts;
  } catch {
    return undefined;
  }
}
