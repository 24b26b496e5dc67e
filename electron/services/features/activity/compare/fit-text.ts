import { createHash } from 'node:crypto';
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

/** No clean text holds it. */
export const hidden = '\u0000';

/** The same, as a value that is compared: with what tells it from another one that looks alike once it is cut. */
export function factText(text: string): string {
  const isWhole = text.length <= maxActivityText && !looksPrivate(text);
  return isWhole ? fitText(text) : `${fitText(text)}${hidden}${hashText(text)}`;
}

export function shownPart(fact: string): string {
  return fact.split(hidden, 1)[0] ?? '';
}

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
