import type { Deletion } from '../../../shared/contract/account/deletion.ts';

/** The end of a signed-in person's account (E10). */
export interface AccountDeletion {
  /** Errors: not-offered. */
  readDeletion(): Promise<Omit<Deletion, 'accountId'>>;
  /** Errors: reauth-required, invalid-request (`email`), forbidden. */
  deleteAccount(email: string): Promise<void>;
}
