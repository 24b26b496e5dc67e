import type { AccountsStore } from '../accounts/accounts.store.ts';
import { Problem } from '../http/problem.ts';

/** Guards an act that hangs on a named permission, as the person's permissions are now. Errors: Problem forbidden. */
export type RequirePermission = (accountId: string, permission: string) => void;

export function createRequirePermission(accounts: AccountsStore): RequirePermission {
  return (accountId, permission) => {
    if (!accounts.readPermissions(accountId).includes(permission)) throw new Problem('forbidden', { permission });
  };
}
