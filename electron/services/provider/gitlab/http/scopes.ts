import { refusalsOf } from '../../common/refusals/run-refusals.ts';
import type { Refusals } from '../../tokens.ts';
import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';

/** What this app's requests take: the person alone, lists of tokens, and all that changes anything. */
export type Scope = 'read_user' | 'read_api' | 'api';

/** The one that the others are parts of: there is none that only changes what is the person's own. */
export const askedScopes: readonly Scope[] = ['api'];

/** What an application is asked for: the ID token says who signed in. */
export const oauthScopes: readonly string[] = ['openid', 'api'];

/** From the least to the most. */
const enough: Readonly<Record<Scope, readonly string[]>> = {
  read_user: ['read_user', 'read_api', 'api'],
  read_api: ['read_api', 'api'],
  api: ['api'],
};

/** Its rights are single ones, of which no list is told: the first refusal says which is missing. */
const fineGrained = 'granular';

export interface TokenScopes {
  /** What any request of this kind may, as far as it is known; the first refusal tells the rest. */
  accessBy(scope: Scope): FieldAccess;
  /** The service refused for want of it: so it is for a day. */
  noteMissing(permission: string): void;
}

/** `told`: null where nothing was said. */
export function createTokenScopes(granted: readonly string[] | null, refusals: Refusals = refusalsOf({})): TokenScopes {
  const known = granted?.includes(fineGrained) ? null : granted;
  return {
    accessBy(scope) {
      const may = !refusals.has(scope) && (known === null || enough[scope].some((each) => known.includes(each)));
      return may ? { kind: 'editable' } : { kind: 'needs-permission', permission: scope };
    },
    noteMissing: (permission) => refusals.note(permission),
  };
}

/** A refusal names all that would do: the one that allows least of all else. */
export function leastScopeOf(scopes: readonly string[]): string | undefined {
  return enough.read_user.find((each) => scopes.includes(each)) ?? scopes.find((each) => /^[\w:-]{1,100}$/.test(each));
}
