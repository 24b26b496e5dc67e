import type texts from '../../../locales/en/key-problems.json';
import type { KeyProblem } from '../../../shared/contract/keys/key-problems.ts';
import type { KeyOf, Translate } from '../../../shared/i18n.ts';
import { camelCase } from '../camel-case.ts';

/** `t`, or what does the same outside the screens: nothing of them is brought along here. */
export type Say = Translate<KeyOf<typeof texts>>;

/** One or two sentences about what is wrong with a key or its file. */
export function keyProblemText(problem: KeyProblem, say: Say): string {
  if (problem.code === 'damaged')
    return say('keyProblems.damaged', {
      damage: say(`keyProblems.damage.${camelCase(problem.what)}`),
      place: placeText(problem, say),
    });
  if (problem.code === 'known-key') return say(`keyProblems.knownKey.${camelCase(problem.source)}`);
  if ('name' in problem) {
    const { code, name } = problem;
    return name === null ? say(`keyProblems.${camelCase(code)}`) : say(`keyProblems.${camelCase(code)}Named`, { name });
  }
  const { code, ...figures } = problem;
  return say(`keyProblems.${camelCase(code)}`, figures);
}

type Damage = Extract<KeyProblem, { code: 'damaged' }>;

function placeText({ part, name, unit, at }: Damage, say: Say): string {
  const text = say(`keyProblems.part.${camelCase(part)}`, { name: name ?? '' });
  return unit === null ? text : say(`keyProblems.place.${camelCase(unit)}`, { part: text, at: at ?? 0 });
}
