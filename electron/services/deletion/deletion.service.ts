import { minExportPassphrase } from '../../../shared/contract/deletion.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { Requests } from '../connections/requests.ts';
import { nameFile } from '../files/secret-file.ts';
import type { Clock, FilePicker } from '../ports.ts';
import type { AccountDeletion } from '../providers/account-deletion.ts';
import type { ReauthService } from '../reauth/reauth.service.ts';
import { collectData, type DataParts } from './collect-data.ts';
import { sealExport } from './export-file.ts';

export interface DeletionOptions {
  readonly live: Requests<AccountDeletion>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly filePicker: FilePicker;
  readonly clock: Clock;
  /** What goes into an export. */
  readonly parts: DataParts;
  readonly providerName: (connectionId: string) => Promise<string>;
  /** Deletes everything kept of a connection on this computer, and the connection. */
  readonly forget: (connectionId: string) => Promise<void>;
}

/** The end of an account (E10), and a copy to take along. */
export function createDeletionService({ live, reauth, filePicker, clock, parts, providerName, forget }: DeletionOptions): Handlers<AppContract>['deletion'] {
  const read = (connectionId: string) => live.request(connectionId, (account) => account.readDeletion());

  /** Asked again right before: who has become the last owner meanwhile is told so, and not just that it is forbidden. */
  async function refuseIfNotAllowed(connectionId: string): Promise<void> {
    const { refusal } = await read(connectionId);
    if (refusal) throw new AppError('forbidden', refusal === 'last-owner' ? { reason: 'last-owner' } : {});
  }

  /** The account was there and its session good a moment ago: a session that is over now went with it. */
  async function isGone(connectionId: string): Promise<boolean> {
    return read(connectionId).then(() => false, isSessionOver);
  }

  async function deleteThere(connectionId: string, email: string): Promise<void> {
    try {
      await live.request(connectionId, (account) => account.deleteAccount(email));
    } catch (error) {
      // The answer may have been lost after the deed.
      const isUnclear = error instanceof AppError && (error.code === 'offline' || error.code === 'untrusted-answer' || error.code === 'server-fault');
      if (!isSessionOver(error) && !(isUnclear && (await isGone(connectionId)))) throw error;
    }
  }

  return {
    get: async ({ connectionId }) => ({ connectionId, ...(await read(connectionId)) }),

    async exportData({ connectionId, passphrase }) {
      if ([...passphrase].length < minExportPassphrase) {
        throw new AppError('invalid-request', { fields: { passphrase: { code: 'too-short', limit: minExportPassphrase } } });
      }
      const takenAt = new Date(clock.now()).toISOString();
      const data = { takenAt, ...(await collectData(parts, connectionId)) };
      const content = await sealExport(Buffer.from(JSON.stringify(data, undefined, 2)), passphrase);
      const suggestedName = nameFile('profile-export', await providerName(connectionId), 'json');
      return { file: await filePicker.save({ suggestedName, content }) };
    },

    async remove({ connectionId, email }) {
      await reauth.require(connectionId);
      await refuseIfNotAllowed(connectionId);
      await deleteThere(connectionId, email);
      await forget(connectionId);
      return {};
    },
  };
}

function isSessionOver(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'session-ended';
}
