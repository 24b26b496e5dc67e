import { AppError } from '../../../shared/contract/errors.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { Requests } from '../connections/requests.ts';
import type { AccountPassword } from '../providers/account-protection.ts';

/** The current password is the proof here, so no re-authentication is asked for; the provider judges it. */
export function createPasswordService(live: Requests<AccountPassword>): Handlers<AppContract>['password'] {
  return {
    policy: ({ connectionId }) => live.request(connectionId, (account) => account.passwordPolicy()),
    async change({ connectionId, ...change }) {
      try {
        return { otherSessionsEnded: await live.request(connectionId, (account) => account.changePassword(change)) };
      } catch (error) {
        throw wasAnswerLost(error) ? new AppError('offline', { reason: 'outcome-unknown' }, error) : error;
      }
    },
    async requestReset({ connectionId }) {
      return { sentTo: await live.request(connectionId, (account) => account.requestPasswordReset()) };
    },
  };
}

/**
 * The provider may have got the request: whether the password is the new one, nobody here can say. Narrower than `isUnclear`, which is
 * for looking it up: where nothing was sent, the person is told just that.
 */
function wasAnswerLost(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const { code, details } = error;
  return code === 'untrusted-answer' ? details.reason === 'cut-short' : details.reason === 'connection-lost' || details.reason === 'timed-out';
}
