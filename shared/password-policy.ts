import type { PasswordPolicy } from './contract/account/password.ts';

// No zod in this file: the renderer loads it and judges while the person types.

export type PasswordRule = 'min-length' | 'max-length' | 'character-groups' | 'personal-information';

export interface RuleVerdict {
  readonly rule: PasswordRule;
  readonly isMet: boolean;
}

/** Code points. Shorter parts of a name stand in too many good passwords by chance. */
const shortestPersonalWord = 3;

/**
 * The form in which passwords are compared and kept: any space is U+0020, then NFC
 * (OpaqueString, RFC 8265, 4.2.2). Nothing is trimmed.
 */
export function preparePassword(typed: string): string {
  return typed.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/**
 * One verdict for each rule that the policy has. `personal` holds the person's names, username and e-mail address
 * as they are; of an e-mail address only the part before the @ counts.
 */
export function checkPassword(
  policy: PasswordPolicy,
  password: string,
  personal: readonly string[],
): readonly RuleVerdict[] {
  const prepared = preparePassword(password);
  const length = Array.from(prepared).length;
  const verdicts: RuleVerdict[] = [
    { rule: 'min-length', isMet: length >= policy.minLength },
    { rule: 'max-length', isMet: length <= policy.maxLength },
  ];
  if (policy.characterGroups > 0)
    verdicts.push({ rule: 'character-groups', isMet: countGroups(prepared) >= policy.characterGroups });
  if (policy.forbidsPersonalInformation)
    verdicts.push({ rule: 'personal-information', isMet: !holdsPersonalWord(prepared, personal) });
  return verdicts;
}

/** Lower case, upper case, digits of any script, and all others. */
function countGroups(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((group) => group.test(password)).length;
}

function holdsPersonalWord(password: string, personal: readonly string[]): boolean {
  const folded = fold(password);
  return personal.flatMap(wordsOf).some((word) => folded.includes(word));
}

function wordsOf(item: string): string[] {
  const at = item.lastIndexOf('@');
  const name = at > 0 ? item.slice(0, at) : item;
  return fold(name)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => Array.from(word).length >= shortestPersonalWord);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
