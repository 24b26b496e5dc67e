import type { Ref } from 'vue';
import type { AddResult, AskedOrigin, SshKeysSnapshot, ImportRow } from '../../../../shared/contract/keys/ssh-keys.ts';
import type { Host } from '../../../host/host.ts';
import type { useRowChoices } from './use-row-choices.ts';

interface RowCallsOptions {
  readonly calls: Host['calls'];
  readonly batchId: Readonly<Ref<string | undefined>>;
  readonly takeRows: (rows: readonly ImportRow[]) => void;
  readonly takeResults: (results: readonly AddResult[]) => void;
  readonly applyKeys: (snapshot: SshKeysSnapshot) => void;
  readonly choices: Pick<ReturnType<typeof useRowChoices>, 'titleOf' | 'keepsPrivate'>;
}

/**
 * What can be done with rows of the batch that is shown. Errors: those of the calls; not-found if it is not held any
 * more.
 */
export function useRowCalls({ calls, batchId, takeRows, takeResults, applyKeys, choices }: RowCallsOptions) {
  const batch = () => ({ batchId: batchId.value ?? '' });

  /** How many of them it opens. */
  async function unlock(locked: readonly ImportRow[], passphrase: string): Promise<number> {
    const { rows } = await calls.sshKeys.unlock({
      ...batch(),
      rowIds: locked.map(({ rowId }) => rowId),
      passphrase,
    });
    takeRows(rows);
    return rows.filter(({ verdict }) => verdict !== 'wrong-passphrase' && verdict !== 'needs-passphrase').length;
  }

  /** `saidYesTo`: what the person was asked about a single row that may be somebody else's (K6). */
  async function add(rows: readonly ImportRow[], saidYesTo?: AskedOrigin): Promise<void> {
    const asked = rows.map((row) => ({
      rowId: row.rowId,
      title: choices.titleOf(row),
      keepPrivate: choices.keepsPrivate(row),
      ...(saidYesTo && { saidYesTo }),
    }));
    const { results, snapshot } = await calls.sshKeys.add({ ...batch(), rows: asked });
    takeResults(results);
    if (snapshot) applyKeys(snapshot);
  }

  /** Keeps the private half of a key that the account has already. */
  async function keep({ rowId }: ImportRow): Promise<void> {
    applyKeys(await calls.sshKeys.keepPrivate({ ...batch(), rowId }));
  }

  return { unlock, add, keep };
}
