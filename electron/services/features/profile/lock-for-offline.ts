import { lockOffline } from '../../resources/lock-offline.ts';
import type { FieldAccess, OperationAccess, ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';

type Sections = ProfileSnapshot['sections'];

/**
 * Without the provider a field can be typed into all the same: that is kept as a draft (X5). Only its page cannot be
 * reached.
 */
export function lockForOffline({ user, workplace, notifications, contact, avatar, more }: Sections): Sections {
  return {
    user: { ...user, access: lock(user.access) },
    workplace: { ...workplace, access: lock(workplace.access) },
    notifications: { ...notifications, access: lock(notifications.access) },
    contact: { ...contact, access: lock(contact.access) },
    avatar: { ...avatar, access: lock(avatar.access) },
    more: { ...more, access: lock(more.access) },
  };
}

/** The same for what is done by operations; a page of the service cannot be reached either. */
export function lockOperations(operations: OperationAccess): OperationAccess {
  const locked = Object.entries(operations).flatMap(([operation, access]) =>
    access ? [[operation, lockOffline('cache', access)]] : [],
  );
  return Object.fromEntries(locked) as OperationAccess;
}

function lock<A extends Readonly<Record<string, FieldAccess>>>(access: A): A {
  const locked = Object.entries(access).map(([field, each]) => [
    field,
    each.kind === 'editable' ? each : lockOffline('cache', each),
  ]);
  return Object.fromEntries(locked) as A;
}
