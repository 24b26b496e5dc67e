import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../../shared/contract/index.ts';
import type { KeyUsage, SshKeysSnapshot } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { MadeKey } from '../../../../../shared/contract/keys/made-keys.ts';
import type { Handlers } from '../../../../../shared/rpc/define.ts';
import { toPublicLine } from '../../../../../ssh-keys/index.ts';
import type { ReauthService } from '../../../accounts/reauth/reauth.service.ts';
import { confirmOutcome } from '../../../provider/outcome.ts';
import type { SshKeyFacts, SshKeysState } from '../../../provider/account-ssh-keys.ts';
import type { KeyChanges } from '../list/key-changes.ts';
import type { SshKeysReader } from '../list/ssh-keys-reader.ts';
import type { AgentEnds } from '../private-keys/agent-ends.ts';
import type { LentKeys } from '../private-keys/lent-keys.ts';
import type { PrivateHalves } from '../private-keys/private-halves.ts';
import { freeNames, usualComment } from './key-files.ts';
import type { PendingKey, MadeKeys } from './made-keys.ts';

export interface MadeKeysServiceDeps {
  readonly made: Pick<MadeKeys, 'get' | 'make' | 'cancel' | 'discard'>;
  readonly changes: Pick<KeyChanges, 'change' | 'request' | 'emitAgain'>;
  readonly reader: Pick<SshKeysReader, 'ask'>;
  readonly halves: Pick<PrivateHalves, 'keep' | 'remove'>;
  readonly lent: Pick<LentKeys, 'add'>;
  readonly ends: Pick<AgentEnds, 'note'>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly sshFolder: string;
}

/** Keys that are made here (K10): into a file or the vault, to accounts and to the agent. */
export function createMadeKeysService(deps: MadeKeysServiceDeps): Handlers<AppContract>['madeKeys'] {
  const { made, reauth, sshFolder } = deps;
  return {
    defaults: async () => ({ comment: usualComment(), folder: sshFolder, fileNames: await freeNames(sshFolder) }),
    make: async ({ kind, comment, file }) => describe(await made.make(kind, { comment, file })),
    cancel: () => {
      made.cancel();
      return {};
    },
    add: async ({ madeId, accountId, usage }) => {
      made.get(madeId);
      await reauth.require(accountId);
      return add(deps, madeId, accountId, usage);
    },
    lend: async ({ madeId, lifetime }) => {
      await lend(deps, made.get(madeId), lifetime);
      return {};
    },
    discard: ({ madeId }) => {
      made.discard(madeId);
      return {};
    },
  };
}

function describe({ madeId, key: { publicKey, comment }, sha256, file }: PendingKey): MadeKey {
  return { madeId, type: publicKey.type, bits: publicKey.bits, sha256, comment, file };
}

function add(
  deps: MadeKeysServiceDeps,
  madeId: string,
  accountId: string,
  usage: KeyUsage | undefined,
): Promise<SshKeysSnapshot> {
  return deps.changes.change(accountId, async (before) => {
    const pending = deps.made.get(madeId);
    const isThere = before.keys.some(({ sha256 }) => sha256 === pending.sha256);
    // Kept before it is sent: the account must not have a key whose private half is nowhere.
    if (pending.file === null) await deps.halves.keep(accountId, pending.key);
    const after = isThere ? before : await send(deps, pending, { accountId, before, usage });
    pending.accounts.add(accountId);
    return after;
  });
}

interface Sending {
  readonly accountId: string;
  readonly before: SshKeysState;
  readonly usage: KeyUsage | undefined;
}

async function send(deps: MadeKeysServiceDeps, pending: PendingKey, sending: Sending): Promise<SshKeysState> {
  const { changes, reader, halves } = deps;
  const { accountId, before, usage } = sending;
  const line = toPublicLine(pending.key.publicKey, '');
  const title = pending.key.comment.trim() || `${pending.key.publicKey.type} ${pending.sha256.slice(0, 15)}`;
  const find = ({ keys }: SshKeysState): SshKeyFacts | undefined =>
    keys.find(({ sha256 }) => sha256 === pending.sha256);
  try {
    const added = await confirmOutcome(
      () => changes.request(accountId, (account) => account.addSshKey(title, line, usage)),
      async () => find(await reader.ask(accountId)),
    );
    return { ...before, keys: [added, ...before.keys] };
  } catch (error) {
    // Where nobody knows whether the account has it, its private half stays.
    const isUnknown = error instanceof AppError && error.details.reason === 'outcome-unknown';
    if (pending.file === null && !isUnknown) await halves.remove(accountId, pending.sha256);
    throw error;
  }
}

async function lend(
  { lent, ends, changes }: MadeKeysServiceDeps,
  { key, sha256, accounts }: PendingKey,
  lifetime: number | null,
): Promise<void> {
  const emitAgain = () => accounts.forEach((accountId) => void changes.emitAgain(accountId));
  await lent.add(key, { lifetime, confirm: false });
  ends.note(sha256, lifetime, emitAgain);
  emitAgain();
}
