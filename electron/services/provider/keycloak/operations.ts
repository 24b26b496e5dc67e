import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { handOffAccess } from './hand-off.ts';
import type { AccountRoles } from './roles.ts';

/** What the person may do here, by their roles, and what its pages do. */
export async function readOperations(roles: AccountRoles, issuer: string): Promise<OperationAccess> {
  const managing = await roles.accessBy('manage-account');
  return { ...handOffAccess(issuer), 'sessions.close': managing, 'sessions.closeOthers': managing };
}
