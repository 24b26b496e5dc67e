import { lockOffline } from '../../resources/lock-offline.ts';
import type { FieldAccess, OperationAccess, ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';

type Sections = ProfileSnapshot['sections'];

/** Without the provider nothing can be changed yet; what was locked before keeps its own reason. */
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
  const locked = Object.entries(access).map(([field, each]) => [field, lockOffline('cache', each)]);
  return Object.fromEntries(locked) as A;
}
