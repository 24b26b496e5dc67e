import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { WholeRefusal } from '../../../http/refusal.ts';
import { messageOf } from './problem-body.ts';
import { isRateLimited, waitOf } from './rate-limit.ts';
import { includesScope, readScopes, type Scope, type TokenScopes } from './scopes.ts';

/** What a refusal of any route means; undefined if its status says all there is. `needs`: what the route asks for. */
export function explainProblem(
  refusal: WholeRefusal,
  needs: Scope | undefined,
  scopes: Pick<TokenScopes, 'areKnown' | 'nameOf' | 'noteMissing'>,
): ErrorShape | undefined {
  const { status } = refusal;
  if (isRateLimited(refusal)) return { code: 'rate-limited', retryAfter: waitOf(refusal) };
  const isOfNobody = [401, 403, 404].includes(status) && messageOf(refusal) === '';
  // Whatever stands between says something else, and must not end a session or forbid anything.
  if (isOfNobody && status !== 404) return { code: 'untrusted-answer', reason: 'not-a-profile-service' };
  if (status === 403 && refusal.header('x-github-sso')?.startsWith('required'))
    return { code: 'forbidden', reason: 'single-sign-on' };
  if (needs && isForWantOf(refusal, needs, scopes.areKnown)) {
    scopes.noteMissing(needs);
    return { code: 'forbidden', permission: scopes.nameOf(needs) };
  }
  return undefined;
}

/** 404 as well as 403: what a token may not see is said not to be there. */
function isForWantOf(refusal: WholeRefusal, needs: Scope, areKnown: boolean): boolean {
  const { status, header } = refusal;
  const granted = areKnown ? readScopes(header('x-oauth-scopes')) : null;
  if (status === 404) return granted !== null && !includesScope(granted, needs);
  if (status !== 403) return false;
  // Of a fine-grained token, and of one of an app.
  if (messageOf(refusal).startsWith('Resource not accessible by ')) return true;
  return header('x-accepted-github-permissions') !== undefined || (granted !== null && !includesScope(granted, needs));
}
