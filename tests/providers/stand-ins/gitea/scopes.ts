// The scopes of access tokens, in the order in which Gitea names them.

const categories = [
  'activitypub',
  'admin',
  'misc',
  'notification',
  'organization',
  'package',
  'issue',
  'repository',
  'user',
] as const;

export type ScopeName = 'all' | 'public-only' | `${'read' | 'write'}:${(typeof categories)[number]}`;

/** Scopes of OpenID Connect, which say nothing of the API. */
const general = new Set(['openid', 'profile', 'email', 'groups', '']);

/** Each once, and no `read` beside its `write`. Errors: Error with Gitea's words for a scope that it does not know. */
export function normalizeScopes(asked: readonly string[]): readonly ScopeName[] {
  const unknown = asked.find((name) => !['', 'all', 'public-only'].includes(name) && !isOfCategory(name));
  if (unknown !== undefined) throw new Error(`invalid access token scope: ${unknown}`);
  const has = (name: string) => asked.includes('all') || asked.includes(name);
  const scopes = categories.flatMap((category): ScopeName[] =>
    has(`write:${category}`) ? [`write:${category}`] : has(`read:${category}`) ? [`read:${category}`] : [],
  );
  const isEverything = scopes.filter((scope) => scope.startsWith('write:')).length === categories.length;
  return [
    ...(asked.includes('public-only') ? ['public-only' as const] : []),
    ...(isEverything ? ['all' as const] : scopes),
  ];
}

function isOfCategory(name: string): boolean {
  return categories.some((category) => name === `read:${category}` || name === `write:${category}`);
}

/** What an application may do with the API: everything, where it asks for nothing or misspells something. */
export function scopesOfGrant(scope: string): readonly ScopeName[] {
  const asked = scope.split(' ').filter((name) => !general.has(name));
  if (asked.length === 0) return ['all'];
  try {
    return normalizeScopes(asked);
  } catch {
    return ['all'];
  }
}

export function includesScope(held: readonly ScopeName[], wanted: ScopeName): boolean {
  return ['all', wanted, wanted.replace('read:', 'write:')].some((scope) => held.some((name) => name === scope));
}
