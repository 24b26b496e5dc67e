import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { asUnknown } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountPassword } from '../../provider/account-protection.ts';

/** The current password is the proof here, so no re-authentication is asked for; the provider judges it. */
export function createPasswordService(
  signedIn: Requests<AccountPassword>,
  onChanged: (connectionId: string) => Promise<void>,
): Handlers<AppContract>['password'] {
  return {
    policy: ({ connectionId }) => signedIn.request(connectionId, (account) => account.passwordPolicy()),
    async change({ connectionId, ...change }) {
      const otherSessionsEnded = await signedIn
        .request(connectionId, (account) => account.changePassword(change))
        // Whether the password is the new one cannot be asked for.
        .catch((error: unknown) => {
          throw asUnknown(error);
        });
      await onChanged(connectionId);
      return { otherSessionsEnded };
    },
    async requestReset({ connectionId }) {
      return { sentTo: await signedIn.request(connectionId, (account) => account.requestPasswordReset()) };
    },
  };
}
