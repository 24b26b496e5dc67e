import type { FieldAccess, SectionName, User } from '../../../../shared/contract/profile.ts';
import type { RemoteAccess, RemoteMeta } from './meta.remote.ts';
import type { RemoteUser } from './profile.remote.ts';

export function toUser({ firstName, lastName, username, role, company, registeredAt }: RemoteUser): User {
  const registered = registeredAt === null ? null : new Date(registeredAt).toISOString();
  return { firstName, lastName, username, role, company, registeredAt: registered };
}

/** One entry for each field of `values`. */
export function toAccess<T extends object>(section: SectionName, values: T, meta: RemoteMeta): { [F in keyof T]: FieldAccess } {
  const rules = meta.fields?.[section] ?? {};
  return Object.fromEntries(Object.keys(values).map((field) => [field, toFieldAccess(rules[field])])) as { [F in keyof T]: FieldAccess };
}

function toFieldAccess(rule: RemoteAccess | undefined): FieldAccess {
  if (rule?.access === 'editable' || rule?.access === 'not-offered') return { kind: rule.access };
  return rule?.permission ? { kind: 'needs-permission', permission: rule.permission } : { kind: 'set-by-provider' };
}
