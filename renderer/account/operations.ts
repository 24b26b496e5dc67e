import type { Account } from '../../shared/contract/account/accounts.ts';
import type { Operation } from '../../shared/contract/account/operations.ts';
import type { FieldAccess, OperationAccess } from '../../shared/contract/account/profile.ts';
import { t } from '../lib/i18n/text.ts';
import { lockReason, offlineLock } from './lock-reason.ts';

/** Whether a service knows any of them at all; before that is known, it may. */
export function knowsAny(known: OperationAccess | undefined, ...operations: readonly Operation[]): boolean {
  return !known || operations.some((operation) => (known[operation]?.kind ?? 'not-offered') !== 'not-offered');
}

/** What may be done of it, as far as that is known: undefined before. */
export function accessTo(known: OperationAccess | undefined, operation: Operation): FieldAccess | undefined {
  return known ? (known[operation] ?? { kind: 'not-offered' }) : undefined;
}

/** Why an operation cannot be begun now, in words (X6); undefined if it can. */
export function operationLock(account: Account, access: FieldAccess | undefined): string | undefined {
  const offline = offlineLock(account);
  if (offline || !access || access.kind === 'hand-off') return offline;
  // From the cache, and the service is being asked.
  if (access.kind === 'offline') return t('keys.asking', { provider: account.providerName });
  return lockReason(access, account.providerName);
}
