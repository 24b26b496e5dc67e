import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { withUnknownOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountPassword } from '../../provider/account-protection.ts';

/** The current password is the proof here, so no re-authentication is asked for; the provider judges it. */
export function createPasswordService(
  signedIn: Requests<AccountPassword>,
  onChanged: (accountId: string) => Promise<void>,
): Handlers<AppContract>['password'] {
  return {
    policy: ({ accountId }) => signedIn.request(accountId, (account) => account.passwordPolicy()),
    async change({ accountId, ...change }) {
      const otherSessionsEnded = await signedIn
        .request(accountId, (account) => account.changePassword(change))
        // Whether the password is the new one cannot be asked for.
        .catch((error: unknown) => {
          throw withUnknownOutcome(error);
        });
      await onChanged(accountId);
      return { otherSessionsEnded };
    },
    async requestReset({ accountId }) {
      return { sentTo: await signedIn.request(accountId, (account) => account.requestPasswordReset()) };
    },
  };
}
