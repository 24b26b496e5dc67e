import { minExportPassphrase, type ExportPart, type LocalData } from '../../../../shared/contract/account/deletion.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import { nameFile } from '../../files/secret-file.ts';
import { Dedupe } from '../../core/dedupe.ts';
import type { Clock, FilePicker } from '../../ports.ts';
import type { AccountDeletion } from '../../provider/account-deletion.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { collectData, type DataParts } from './collect-data.ts';
import { sealExport } from './export-file.ts';

export interface DeletionDeps {
  readonly signedIn: Requests<AccountDeletion>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly filePicker: FilePicker;
  readonly clock: Clock;
  /** What goes into an export. */
  readonly parts: DataParts;
  readonly providerName: (accountId: string) => Promise<string>;
  /** What only this computer holds of an account. Errors: not-found, storage-fault, key-store-unavailable. */
  readonly countLocalData: (accountId: string) => Promise<LocalData>;
  /** The deletion was sent and nobody knows what became of it. */
  readonly markDeletionUnknown: (accountId: string) => Promise<unknown>;
  /** Deletes everything that this computer keeps of an account, the account in the list too. */
  readonly forget: (accountId: string) => Promise<void>;
}

const done = {};

/** The end of an account (E10), and a copy to take along. */
export function createDeletionService(deps: DeletionDeps): Handlers<AppContract>['deletion'] {
  const { signedIn, reauth, countLocalData, markDeletionUnknown, forget } = deps;
  const read = (accountId: string) => signedIn.request(accountId, (account) => account.readDeletion());
  const removing = new Dedupe<Record<string, never>>();

  /**
   * Asked again right before: who has become the last owner meanwhile is told so, and not just that it is forbidden.
   */
  async function refuseIfNotAllowed(accountId: string): Promise<void> {
    const { refusal } = await read(accountId);
    if (refusal) throw new AppError('forbidden', refusal === 'last-owner' ? { reason: 'last-owner' } : {});
  }

  /**
   * For a deletion whose outcome is unknown only: the account was there and its session good right before, so that a
   * session that is over now went with it. The provider does not tell the one from the other.
   */
  async function findOut(accountId: string): Promise<typeof done | undefined> {
    try {
      await read(accountId);
      return undefined;
    } catch (error) {
      if (isSessionOver(error)) return done;
      throw error;
    }
  }

  // A refusal for a session that is over came instead of the deed, not after it: a deletion is sent once.
  async function deleteThere(accountId: string, email: string): Promise<void> {
    const act = () => signedIn.request(accountId, (account) => account.deleteAccount(email));
    await confirmOutcome(
      () => act().then(() => done),
      () => findOut(accountId),
    );
  }

  async function remove(accountId: string, email: string): Promise<Record<string, never>> {
    await reauth.require(accountId);
    await refuseIfNotAllowed(accountId);
    await deleteThere(accountId, email).catch(async (error: unknown) => {
      // Told beside the next refusal of its session: without it that would look like any other session that ended.
      if (saysOutcomeUnknown(error)) await markDeletionUnknown(accountId);
      throw error;
    });
    await forget(accountId);
    return done;
  }

  return {
    localData: ({ accountId }) => countLocalData(accountId),
    get: async ({ accountId }) => ({ accountId, ...(await read(accountId)) }),

    exportData: ({ accountId, passphrase }) => exportData(deps, accountId, passphrase),

    remove: ({ accountId, email }) => removing.run(JSON.stringify([accountId, email]), () => remove(accountId, email)),
  };
}

async function exportData(
  { filePicker, clock, parts, providerName }: DeletionDeps,
  accountId: string,
  passphrase: string,
): Promise<{ file: string | null; missing: ExportPart[] }> {
  if ([...passphrase].length < minExportPassphrase) {
    throw new AppError('invalid-request', {
      fields: { passphrase: { code: 'too-short', limit: minExportPassphrase } },
    });
  }
  const takenAt = new Date(clock.now()).toISOString();
  const { data, missing } = await collectData(parts, accountId);
  const content = await sealExport(Buffer.from(JSON.stringify({ takenAt, ...data }, undefined, 2)), passphrase);
  const suggestedName = nameFile('profile-export', await providerName(accountId), 'json');
  return { file: await filePicker.save({ suggestedName, content }), missing: [...missing] };
}

function saysOutcomeUnknown(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'outcome-unknown';
}

function isSessionOver(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'session-ended';
}
