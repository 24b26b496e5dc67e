import type { FieldAccess, Offer, ProfileSnapshot, SectionName, User } from '../../../../shared/contract/profile.ts';
import type { RemoteAccess, RemoteMeta } from './meta.remote.ts';
import type { RemoteUser } from './profile.remote.ts';

export function toUser({ firstName, lastName, username, role, company, registeredAt }: RemoteUser): User {
  const registered = registeredAt === null ? null : new Date(registeredAt).toISOString();
  return { firstName, lastName, username, role, company, registeredAt: registered };
}

export function isOffered({ capabilities }: RemoteMeta, operation: string): boolean {
  return capabilities?.[operation] === 'offered';
}

const operations: Readonly<Record<Offer, string>> = {
  'api-key': 'api-key.manage',
  'access-keys': 'access-keys.manage',
  'identity-keys': 'identity-keys.manage',
  identities: 'identities.manage',
  'account-deletion': 'account.delete',
};

export function toOffers(meta: RemoteMeta): Offer[] {
  const all = Object.entries(operations) as [Offer, string][];
  return all.flatMap(([offer, operation]) => (isOffered(meta, operation) ? [offer] : []));
}

/** A role has no other name than itself. */
export function toRoles(meta: RemoteMeta): ProfileSnapshot['sections']['user']['choices']['role'] {
  return (meta.fields?.['user']?.['role']?.choices ?? []).map((role) => ({ id: role, name: role }));
}

/** One entry for each field of `values`. */
export function toAccess<T extends object>(
  section: SectionName,
  values: T,
  meta: RemoteMeta,
): { [F in keyof T]: FieldAccess } {
  const rules = meta.fields?.[section] ?? {};
  return Object.fromEntries(Object.keys(values).map((field) => [field, toGuardedAccess(rules[field])])) as {
    [F in keyof T]: FieldAccess;
  };
}

/** Acts always ask for a proof where one is missing; of fields it is said before they are changed. */
function toGuardedAccess(rule: RemoteAccess | undefined): FieldAccess {
  const access = toFieldAccess(rule);
  return access.kind === 'editable' && rule?.needsReauth ? { ...access, needsReauth: true } : access;
}

export function toFieldAccess(rule: RemoteAccess | undefined): FieldAccess {
  if (rule?.access === 'editable' || rule?.access === 'not-offered') return { kind: rule.access };
  return rule?.permission ? { kind: 'needs-permission', permission: rule.permission } : { kind: 'set-by-provider' };
}
