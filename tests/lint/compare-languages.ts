import { createPluralOrder, flatten, type Texts } from '../../shared/i18n.ts';

type Language = ReadonlyMap<string, Texts>;

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].toSorted();

/** Each form may leave out what it says in words: "one day" instead of "{count} days". */
function faultOf(english: string, other: string, tag: string): string | undefined {
  const [asked, given] = [placeholders(english), placeholders(other)];
  if (asked.join() !== given.join()) return `has ${given.join(' ') || 'no values'} for ${asked.join(' ') || 'none'}`;
  const forms = other.split('|').length;
  const wanted = english.includes('|') ? createPluralOrder(tag).length : 1;
  return forms === wanted ? undefined : `has ${String(forms)} plural forms, not ${String(wanted)}`;
}

/** In what a language is not as complete as English: `file: key: what`. */
export function compareLanguages(english: Language, other: Language, tag: string): string[] {
  const files = [...new Set([...english.keys(), ...other.keys()])];
  return files.flatMap((file) => {
    const [ours, theirs] = [english, other].map((each) => new Map(flatten(each.get(file) ?? {})));
    const keys = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])];
    return keys.flatMap((key) => {
      const [text, translation] = [ours?.get(key), theirs?.get(key)];
      if (text === undefined) return [`${file}: ${key}: is not in English`];
      if (translation === undefined) return [`${file}: ${key}: is missing`];
      const fault = faultOf(text, translation, tag);
      return fault === undefined ? [] : [`${file}: ${key}: ${fault}`];
    });
  });
}
