import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountEmailChange } from '../../provider/account-email-change.ts';

/** None of these acts needs a proof: what they end or repeat was begun with one. */
export function createEmailChangeService(signedIn: Requests<AccountEmailChange>): Handlers<AppContract>['emailChange'] {
  return {
    status: async ({ connectionId }) => ({
      connectionId,
      pending: await signedIn.request(connectionId, (account) => account.pendingEmail()),
    }),
    resend: async ({ connectionId }) => ({
      connectionId,
      pending: await signedIn.request(connectionId, (account) => account.resendEmailLink()),
    }),
    async cancel({ connectionId }) {
      await signedIn.request(connectionId, (account) => account.cancelEmailChange());
      return { connectionId, pending: null };
    },
  };
}
