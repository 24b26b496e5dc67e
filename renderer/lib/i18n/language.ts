import { shallowRef } from 'vue';
import type { Texts } from '../../../shared/i18n.ts';
import { Catalogue, type ReadPart } from './catalogue.ts';
import type { Part } from './parts.ts';
import { readPart, startTexts } from './read-part.ts';

const english = new Catalogue('en', readPart);
/** Every part that something on the screen may need. */
const wanted = new Set<Part>();
for (const [part, texts] of Object.entries(startTexts) as [keyof typeof startTexts, Texts][]) {
  english.add(part, texts);
  wanted.add(part);
}

const current = shallowRef(english);

/** Read while a component is drawn, it is drawn again in the next language. */
export function currentCatalogue(): Pick<Catalogue, 'language' | 'format' | 'texts'> {
  return current.value;
}

export async function loadTexts(...parts: readonly Part[]): Promise<void> {
  for (const part of parts) wanted.add(part);
  const catalogue = current.value;
  await Promise.all(parts.map((part) => catalogue.load(part)));
}

/** What is loaded later brings its texts along: `loadLater(withTexts(() => import(…), 'security'))`. */
export function withTexts<T>(load: () => Promise<T>, ...parts: readonly Part[]): () => Promise<T> {
  return async () => (await Promise.all([load(), loadTexts(...parts)]))[0];
}

/**
 * Everything that is shown changes to `language` once all its texts are here, and not before.
 *
 * @param language a tag of BCP 47; by default the name of a folder of `locales`.
 * @throws as `import()` does where a file cannot be had; then the language stays as it was.
 */
export async function setLanguage(language: string, read: ReadPart = readPart): Promise<void> {
  const next = language === 'en' && read === readPart ? english : new Catalogue(language, read);
  // What is loaded meanwhile is needed too.
  for (const part of wanted) await next.load(part);
  current.value = next;
  document.documentElement.lang = language;
}

/** A formatter costs milliseconds: it is made at the first use, and anew in another language. */
export function perLanguage<T>(make: (language: string) => T): () => T {
  let made: { readonly language: string; readonly value: T } | undefined;
  return () => {
    const { language } = current.value;
    if (made?.language !== language) made = { language, value: make(language) };
    return made.value;
  };
}
