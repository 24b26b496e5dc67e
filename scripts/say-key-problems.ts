import texts from '../locales/en/key-problems.json' with { type: 'json' };
import { keyProblemText } from '../renderer/lib/errors/key-problem-text.ts';
import type { KeyProblem } from '../shared/contract/keys/key-problems.ts';
import { createTranslate } from '../shared/i18n.ts';

/** The words of the screens, without what the screens need to show them. */
const say = createTranslate(texts, 'en');

/** Sentences for a person; null if there is nothing to say. */
export function sayKeyProblems(problems: readonly KeyProblem[]): string | null {
  return problems.map((problem) => keyProblemText(problem, say)).join(' ') || null;
}
