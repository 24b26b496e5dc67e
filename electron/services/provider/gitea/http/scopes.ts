import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';
import { refusalsOf } from '../../common/refusals/run-refusals.ts';
import type { Refusals } from '../../tokens.ts';
import { notPublicOnly } from './problem.ts';

/** Everything that this app does takes one of them. */
export type Scope = 'read:user' | 'write:user';

/** To write is to read too. In the order of the page where a token is made. */
export const askedScopes: readonly Scope[] = ['write:user'];

/**
 * What the page is asked for in the browser. All at once: asked for more later, it is refused until the person has
 * taken back what they granted; asked for nothing but OpenID Connect, the token might do everything.
 */
export const oauthScopes: readonly string[] = ['openid', 'profile', 'email', 'read:user', 'write:user'];

export interface TokenScopes {
  /** What any request of this kind may, as far as it is known; the first refusal tells the rest. */
  accessBy(scope: Scope): FieldAccess;
  /** The service refused for want of it: so it is for a day. */
  noteMissing(permission: string): void;
}

export function createTokenScopes(granted: readonly string[] | null, refusals: Refusals = refusalsOf({})): TokenScopes {
  return {
    accessBy(scope) {
      const isPublicOnly = granted?.includes('public-only') || refusals.has(notPublicOnly);
      if (isPublicOnly) return { kind: 'needs-permission', permission: notPublicOnly };
      const may = !refusals.has(scope) && (granted === null || includes(granted, scope));
      return may ? { kind: 'editable' } : { kind: 'needs-permission', permission: scope };
    },
    noteMissing: (permission) => refusals.note(permission),
  };
}

function includes(granted: readonly string[], scope: Scope): boolean {
  const enough: readonly string[] = scope === 'read:user' ? ['all', 'write:user', 'read:user'] : ['all', 'write:user'];
  return granted.some((each) => enough.includes(each));
}
