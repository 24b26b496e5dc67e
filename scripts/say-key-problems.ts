import { enKeyProblems } from '../renderer/lib/i18n/en-key-problems.ts';
import { keyProblemText, type Say } from '../renderer/lib/key-problem-text.ts';
import type { KeyProblem } from '../shared/contract/key-problems.ts';

type Texts = { readonly [name: string]: string | Texts };

/** The words of the screens, without what the screens need to show them. */
const say: Say = (key, values = {}) => {
  const found = key
    .split('.')
    .reduce<string | Texts | undefined>((texts, name) => (typeof texts === 'object' ? texts[name] : undefined), {
      keyProblems: enKeyProblems,
    });
  return String(found).replace(/\{(\w+)\}/g, (_match, name: string) => (values[name] ?? '').toLocaleString('en'));
};

/** Sentences for a person; null if there is nothing to say. */
export function sayKeyProblems(problems: readonly KeyProblem[]): string | null {
  return problems.map((problem) => keyProblemText(problem, say)).join(' ') || null;
}
