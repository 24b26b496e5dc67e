import type { PasswordPolicy } from '../../../shared/contract/account/password.ts';
import { checkPassword } from '../../../shared/password-policy.ts';
import type { FieldProblem } from '../../http/problem.ts';

/** What is wrong with the new password in the member `next`, at most one fault; empty if nothing is. */
export function checkNewPassword(policy: PasswordPolicy, next: string, personal: readonly string[]): FieldProblem[] {
  const field = 'next';
  // RFC 8265, 4.2.2 forbids control characters; a lone surrogate has no UTF-8.
  if (/[\p{Cc}\p{Cs}]/u.test(next)) return [{ field, code: 'control-characters' }];
  const unmet = checkPassword(policy, next, personal).find(({ isMet }) => !isMet);
  if (!unmet) return [];
  if (unmet.rule === 'min-length') return [{ field, code: 'too-short', limit: policy.minLength }];
  if (unmet.rule === 'max-length') return [{ field, code: 'too-long', limit: policy.maxLength }];
  return [{ field, code: 'not-valid' }];
}
