import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountEmailChange } from '../../provider/account-email-change.ts';

/** None of these acts needs a proof: what they end or repeat was begun with one. */
export function createEmailChangeService(signedIn: Requests<AccountEmailChange>): Handlers<AppContract>['emailChange'] {
  return {
    status: async ({ accountId }) => ({
      accountId,
      pending: await signedIn.request(accountId, (account) => account.pendingEmail()),
    }),
    resend: async ({ accountId }) => ({
      accountId,
      pending: await signedIn.request(accountId, (account) => account.resendEmailLink()),
    }),
    async cancel({ accountId }) {
      await signedIn.request(accountId, (account) => account.cancelEmailChange());
      return { accountId, pending: null };
    },
  };
}
