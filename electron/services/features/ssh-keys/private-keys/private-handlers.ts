import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../../shared/contract/index.ts';
import type { SshKeysSnapshot } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { Handlers } from '../../../../../shared/rpc/define.ts';
import type { ReauthService } from '../../../accounts/reauth/reauth.service.ts';
import type { ImportBatch } from '../import/import-batch.ts';
import type { Imports } from '../import/imports.ts';
import type { KeyChanges } from '../list/key-changes.ts';
import type { SshKeysReader } from '../list/ssh-keys-reader.ts';
import type { AgentEnds } from './agent-ends.ts';
import type { LentKeys } from './lent-keys.ts';
import { exportPrivate, toPublicKey, type UsePrivateDeps } from './use-private.ts';

export interface PrivateHandlersDeps extends UsePrivateDeps {
  readonly changes: KeyChanges;
  readonly reader: SshKeysReader;
  readonly imports: Pick<Imports, 'get'>;
  readonly lent: LentKeys;
  readonly ends: AgentEnds;
  readonly reauth: Pick<ReauthService, 'require'>;
}

type PrivateHandlers = Pick<
  Handlers<AppContract>['sshKeys'],
  'keepPrivate' | 'forgetPrivate' | 'exportPrivate' | 'addToAgent' | 'removeFromAgent'
>;

/** What is done with private halves on this computer (K5). */
export function createPrivateHandlers(deps: PrivateHandlersDeps): PrivateHandlers {
  const { changes, reader, imports, halves, lent, ends, agent, reauth } = deps;
  return {
    keepPrivate: ({ batchId, rowId }) => keepPrivate(deps, imports.get(batchId), rowId),
    forgetPrivate: ({ accountId, keyId }) =>
      changes.changeLocal(accountId, keyId, ({ sha256 }) => halves.remove(accountId, sha256)),
    exportPrivate: async ({ accountId, keyId, format, passphrase, rounds }) => {
      await reauth.require(accountId);
      const key = await reader.find(accountId, keyId);
      return { file: await exportPrivate(deps, accountId, key, { format, passphrase, rounds }) };
    },
    addToAgent: ({ accountId, keyId, lifetime, confirm, takesBack = false }) =>
      changes.changeLocal(accountId, keyId, ({ sha256 }) =>
        halves.use(accountId, sha256, async (privateKey) => {
          const emitAgain = () => void changes.emitAgain(accountId);
          if (takesBack && lifetime !== null) await lent.lend(privateKey, lifetime, emitAgain);
          else await lent.add(privateKey, { lifetime, confirm });
          ends.note(sha256, lifetime, emitAgain);
        }),
      ),
    removeFromAgent: ({ accountId, keyId }) =>
      changes
        .changeLocal(accountId, keyId, async (key) => {
          const { blob } = toPublicKey(key);
          await agent.remove(blob);
          lent.delete(blob);
          ends.delete(key.sha256);
        })
        .catch(async (error: unknown) => {
          // What the agent says now may be other than what led here.
          changes.emitSnapshot(await reader.again(accountId));
          throw error;
        }),
  };
}

function keepPrivate(
  { changes, reader, halves }: PrivateHandlersDeps,
  batch: ImportBatch,
  rowId: string,
): Promise<SshKeysSnapshot> {
  const { accountId } = batch;
  return changes.run(accountId, async () => {
    const { privateKey, row } = batch.get(rowId) ?? {};
    const snapshot = await reader.again(accountId);
    if (!privateKey || !snapshot.keys.some(({ sha256 }) => sha256 === row?.sha256)) throw new AppError('not-found');
    await halves.keep(accountId, privateKey);
    return changes.emitSnapshot(await reader.again(accountId));
  });
}
