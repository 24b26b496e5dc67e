import { checkText } from '../../accounts/field-checks.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';

interface NewKeyRules {
  readonly needsName: boolean;
  readonly canExpire: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Name and end of a key to be made, as they will be kept. Errors: Problem invalid. */
export function checkNewKey(
  typed: { readonly name?: string | undefined; readonly expiresAt?: string | null | undefined },
  { needsName, canExpire, now }: NewKeyRules,
): { readonly name: string; readonly expiresAt: number | null } {
  const errors: FieldProblem[] = [];
  const name = checkText(typed.name ?? '', 100);
  if ('fault' in name) errors.push({ field: 'name', ...name.fault });
  else if (needsName && name.value === '') errors.push({ field: 'name', code: 'required' });
  const expiresAt = typed.expiresAt ? Date.parse(typed.expiresAt) : null;
  if (expiresAt !== null && (!canExpire || expiresAt <= now)) errors.push({ field: 'expiresAt', code: 'not-valid' });
  if ('fault' in name || errors.length > 0) throw new Problem('invalid', { errors });
  return { name: name.value, expiresAt };
}
