import { AppError } from '../../../../shared/contract/errors.ts';
import type { SignedInAccounts } from '../signed-in-accounts.ts';
import type { Log } from '../../ports.ts';

/** Best effort: without the provider the session ends there by itself, and the screen says so. */
export async function notifyProvider(
  { signedIn, log }: { readonly signedIn: SignedInAccounts; readonly log: Log },
  accountId: string,
  revoke: boolean,
): Promise<boolean> {
  try {
    await signedIn.request(accountId, (account) => (revoke ? account.revokeToken() : account.signOut()));
    return true;
  } catch (error) {
    log.warn('the provider was not told of a sign-out', {
      code: error instanceof AppError ? error.code : 'unexpected',
    });
    // A session that the provider has ended already needs no telling.
    return error instanceof AppError && error.code === 'unauthenticated';
  }
}
