import { refusalsOf } from '../../common/refusals/run-refusals.ts';
import type { Refusals } from '../../tokens.ts';
import type { FieldAccess } from '../../../../../shared/contract/account/profile.ts';

/** What a route asks of a classic token, or of one that an app was given. */
export type Scope = 'user' | 'user:email' | `${'read' | 'write' | 'admin'}:${'public_key' | 'ssh_signing_key'}`;

/** All that the app can use. */
export const askedScopes: readonly Scope[] = ['user', 'admin:public_key', 'admin:ssh_signing_key'];

/** The same on the page of a fine-grained token, which knows no scopes: in its words. */
const permissions: Readonly<Record<Scope, string>> = {
  user: 'Profile: Read and write',
  'user:email': 'Email addresses: Read-only',
  'read:public_key': 'Git SSH keys: Read-only',
  'write:public_key': 'Git SSH keys: Read and write',
  'admin:public_key': 'Git SSH keys: Read and write',
  'read:ssh_signing_key': 'SSH signing keys: Read-only',
  'write:ssh_signing_key': 'SSH signing keys: Read and write',
  'admin:ssh_signing_key': 'SSH signing keys: Read and write',
};

export interface TokenScopes {
  /** Whether the service tells what it may: not of one that has permissions instead. */
  readonly areKnown: boolean;
  /** As far as it is known; the first refusal tells the rest. */
  accessBy(scope: Scope): FieldAccess;
  /** What is to be named where the service refused for want of it. */
  nameOf(scope: Scope): string;
  /** The service refused for want of it: so it is for a day. */
  noteMissing(scope: Scope): void;
  /** Whether the token is known to lack it. */
  lacks(scope: Scope): boolean;
}

/** `told`: null of a fine-grained token, of which the service says nothing. */
export function createTokenScopes(granted: readonly string[] | null, refusals: Refusals = refusalsOf({})): TokenScopes {
  const nameOf = (scope: Scope) => (granted === null ? permissions[scope] : scope);
  const lacks = (scope: Scope) => refusals.has(scope) || (granted !== null && !includesScope(granted, scope));
  return {
    accessBy: (scope) =>
      lacks(scope) ? { kind: 'needs-permission', permission: nameOf(scope) } : { kind: 'editable' },
    areKnown: granted !== null,
    nameOf,
    lacks,
    noteMissing: (scope) => refusals.note(scope),
  };
}

/** A wider scope includes the narrower ones. */
export function includesScope(granted: readonly string[], wanted: Scope): boolean {
  const [level, what = ''] = wanted.split(':');
  const enough: Readonly<Record<string, readonly string[]>> = {
    user: wanted === 'user' ? ['user'] : ['user', 'user:email'],
    read: [`read:${what}`, `write:${what}`, `admin:${what}`],
    write: [`write:${what}`, `admin:${what}`],
    admin: [`admin:${what}`],
  };
  return granted.some((each) => enough[level ?? '']?.includes(each));
}

/** Of a token that has scopes at all: those of GitHub Apps and fine-grained ones have permissions. */
export function scopesOf(token: string, header: string | undefined): readonly string[] | null {
  return /^(?:ghu|github_pat)_/.test(token) ? null : readScopes(header);
}

/** `X-OAuth-Scopes`: empty of a token that may only look at what is public. */
export function readScopes(header: string | undefined): readonly string[] | null {
  if (header === undefined) return null;
  return header
    .slice(0, 5_000)
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => /^[\w:.-]{1,100}$/.test(scope));
}
