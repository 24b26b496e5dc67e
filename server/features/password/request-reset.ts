import { randomUUID } from 'node:crypto';
import type { ReportInternal } from '../../http/error-handling.ts';
import type { AccountsStore } from '../profile/accounts.store.ts';
import type { ResetService } from './reset.service.ts';

/** Sends the link after the answer has left, so that neither its content nor its time tells whether the account exists. */
export function createRequestReset(
  accounts: AccountsStore,
  service: Pick<ResetService, 'sendReset'>,
  report: ReportInternal,
) {
  return (identifier: string, address: string): void => {
    setImmediate(() => {
      try {
        const accountId = accounts.find(identifier);
        if (accountId !== undefined) service.sendReset(accountId, address);
      } catch (error) {
        report(randomUUID(), error);
      }
    });
  };
}
