import { perLanguage } from '../../lib/i18n/language.ts';
import { t } from '../../lib/i18n/text.ts';
import type { KnownService } from './known-services.ts';

const collator = perLanguage((language) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }));

/** By what they are called; last what is no service that many know by name: our own, and any address. */
export function inOrderOfNames(services: readonly KnownService[]): KnownService[] {
  const isLast = ({ look }: KnownService) => look === 'reference' || look === 'unknown';
  const named = services.filter((each) => !isLast(each));
  return [...named.toSorted((a, b) => collator().compare(t(a.name), t(b.name))), ...services.filter(isLast)];
}
