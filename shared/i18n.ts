/** Texts by name, in groups. Each is plain text with `{name}` to fill in and `|` between its plural forms. */
export interface Texts {
  readonly [name: string]: string | Texts;
}

/** The dotted path of each text, e.g. `window.crashed`. A wrong one does not compile. */
export type KeyOf<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${KeyOf<T[K]>}` }[keyof T & string];

/** A value named `count` chooses the plural form. */
export type TextValues = Readonly<Record<string, string | number>>;

/** The catalogue by the paths of its texts. */
export function flatten(texts: Texts, path = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]] : flatten(value, `${path}${name}.`),
  );
}

const pluralOrder: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/**
 * For which numbers a text has a form of its own in this language, in the order of the forms; the last is for all
 * others.
 */
export function createPluralOrder(language: string): Intl.LDMLPluralRule[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return pluralOrder.filter((category) => pluralCategories.includes(category));
}

/** Fills in and chooses the form, in one language; numbers as they are written there: 10,000. */
export function createFormatter(language: string): (message: string, values: TextValues) => string {
  const plurals = new Intl.PluralRules(language);
  const forms = createPluralOrder(language);
  const numbers = new Intl.NumberFormat(language);

  function choose(message: string, count: string | number | undefined): string {
    const choices = message.split('|').map((form) => form.trim());
    const chosen = typeof count === 'number' ? forms.indexOf(plurals.select(count)) : 0;
    // The last one is for "other", which every language has.
    return choices[chosen] ?? choices.at(-1) ?? '';
  }

  return (message, values) =>
    choose(message, values['count']).replace(/\{(\w+)\}/g, (braces, name: string) => {
      const value = values[name] ?? braces;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
}

/** The text of a key, with its values. */
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string;

export function createTranslate<T extends Texts>(texts: T, language: string): Translate<KeyOf<T>> {
  const all = new Map(flatten(texts));
  const format = createFormatter(language);
  return (key, values = {}) => format(all.get(key) ?? key, values);
}

/** The first language a person prefers that there is, with or without its region; otherwise English. Tags of BCP 47. */
export function chooseLanguage(preferred: readonly string[], there: readonly string[]): string {
  const [first = 'en'] = preferred.flatMap((tag) => {
    const [language = ''] = tag.split('-');
    return [tag, language].filter((each) => there.includes(each));
  });
  return first;
}
