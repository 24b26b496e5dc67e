import { maxActivityText } from '../../../../../shared/contract/activity.ts';
import { looksPrivate } from '../../../../../shared/private-text.ts';
import { cleanText } from '../../../core/clean-text.ts';
import { masked } from '../../../core/masked.ts';

/** A text of a stranger's or a person's as an entry has it: clean, of bounded length, and never a private key. */
export function fitText(text: string): string {
  if (looksPrivate(text)) return masked;
  // Cut first: a text of megabytes costs nothing.
  const clean = cleanText(text.slice(0, 2 * maxActivityText));
  return clean.length > maxActivityText ? `${clean.slice(0, maxActivityText - 1)}…` : clean;
}
