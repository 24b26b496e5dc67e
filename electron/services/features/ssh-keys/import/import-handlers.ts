import { AppError } from '../../../../../shared/contract/errors.ts';
import type { KeyUsage } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { AppContract } from '../../../../../shared/contract/index.ts';
import type { CallInput, Handlers } from '../../../../../shared/rpc/define.ts';
import type { ReauthService } from '../../../accounts/reauth/reauth.service.ts';
import type { KeyChanges } from '../list/key-changes.ts';
import type { SshKeysReader } from '../list/ssh-keys-reader.ts';
import type { PrivateHalves } from '../private-keys/private-halves.ts';
import { addRows, type RowToAdd } from './add-rows.ts';
import type { ImportBatch } from './import-batch.ts';
import type { Imports } from './imports.ts';
import { refusePrivateTitle } from './private-text.ts';

export interface ImportHandlersDeps {
  readonly changes: KeyChanges;
  readonly reader: SshKeysReader;
  readonly imports: Imports;
  readonly halves: PrivateHalves;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly sshFolder: string;
  readonly canChoose: boolean;
}

type ImportHandlers = Pick<
  Handlers<AppContract>['sshKeys'],
  | 'sources'
  | 'chooseFiles'
  | 'chooseFolder'
  | 'readSshFolder'
  | 'importDropped'
  | 'importPasted'
  | 'resumeImport'
  | 'cancelImport'
  | 'discardImport'
  | 'unlock'
  | 'add'
  | 'addPublic'
>;

/** How files and lines become keys of the account (K7). */
export function createImportHandlers(deps: ImportHandlersDeps): ImportHandlers {
  const { imports, sshFolder, canChoose } = deps;
  return {
    sources: () => ({ canChoose, sshFolder }),
    chooseFiles: async ({ accountId }) => ({ batch: await imports.choose(accountId, 'files') }),
    chooseFolder: async ({ accountId }) => ({ batch: await imports.choose(accountId, 'folder') }),
    readSshFolder: async ({ accountId }) => ({ batch: await imports.readFolder(accountId, sshFolder) }),
    importDropped: async ({ accountId, batchId, files }) => ({
      batch: await imports.readDropped(accountId, batchId, files),
    }),
    importPasted: async ({ accountId, batchId, text }) => ({
      batch: await imports.readPasted(accountId, batchId, text),
    }),
    resumeImport: async ({ accountId }) => ({ batch: await imports.resume(accountId) }),
    cancelImport: ({ batchId }) => {
      imports.cancel(batchId);
      return {};
    },
    discardImport: ({ batchId }) => {
      imports.discard(batchId);
      return {};
    },
    unlock: async ({ batchId, rowIds, passphrase }) => ({ rows: await imports.unlock(batchId, rowIds, passphrase) }),
    add: ({ batchId, rows, usage, expiresAt }) => add(deps, imports.get(batchId), rows, { usage, expiresAt }),
    addPublic: (asked) => addPublic(deps, asked),
  };
}

/** What new keys are to be for, and until when. */
interface KeyWishes {
  readonly usage: KeyUsage | undefined;
  readonly expiresAt: string | undefined;
}

async function add(
  deps: ImportHandlersDeps,
  batch: ImportBatch,
  rows: readonly RowToAdd[],
  { usage, expiresAt }: KeyWishes,
) {
  const { changes, reauth, reader, imports, halves } = deps;
  const { accountId } = batch;
  await reauth.require(accountId);
  return changes.run(accountId, async () => {
    const { results, added } = await addRows(batch, rows, {
      origins: await imports.originsOf(batch),
      addKey: async (title, publicLine) => {
        refusePrivateTitle(title);
        return changes.request(accountId, (account) => account.addSshKey(title, publicLine, usage, expiresAt));
      },
      keep: (key) => halves.keep(accountId, key),
      onProgress: () => imports.emitProgress(batch),
    });
    // What was added is added, even if the provider cannot be asked again now.
    const snapshot =
      added.length === 0
        ? null
        : await reader.read(accountId).then(
            (read) => changes.emitSnapshot(read),
            () => null,
          );
    return { results, snapshot };
  });
}

/** A private key above all, and what may be somebody else's, gets no further than into a batch (K6). */
async function addPublic(deps: ImportHandlersDeps, asked: CallInput<AppContract, 'sshKeys', 'addPublic'>) {
  const { accountId, title, line, usage, expiresAt } = asked;
  const { imports } = deps;
  refusePrivateTitle(title);
  const batch = await imports.readPasted(accountId, null, line);
  const [row, ...others] = batch.rows;
  const isGood = row?.kind === 'public' && row.verdict === 'accepted' && row.origin === 'own';
  if (!isGood || others.length > 0) return { snapshot: null, batch };
  try {
    const rows = [{ rowId: row.rowId, title, keepPrivate: false }];
    const { results, snapshot } = await add(deps, imports.get(batch.batchId), rows, { usage, expiresAt });
    const error = results[0]?.error;
    if (error) throw AppError.fromShape(error);
    return { snapshot, batch: null };
  } finally {
    imports.discard(batch.batchId);
  }
}
