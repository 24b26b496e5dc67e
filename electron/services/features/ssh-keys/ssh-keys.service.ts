import { AppError } from '../../../../shared/contract/errors.ts';
import type { SshKeysSnapshot } from '../../../../shared/contract/keys/ssh-keys.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Clock } from '../../ports.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { SshKeyFacts, SshKeysState } from '../../provider/account-ssh-keys.ts';
import { createImportHandlers, type ImportHandlersDeps } from './import/import-handlers.ts';
import { refusePrivateTitle } from './import/private-text.ts';
import { replaceKey } from './list/replace-key.ts';
import { createPrivateHandlers, type PrivateHandlersDeps } from './private-keys/private-handlers.ts';
import { signWith, toPublicKey } from './private-keys/use-private.ts';
import { drawRandomart } from '../../../../ssh-keys/index.ts';

type SshKeysHandlers = Handlers<AppContract>['sshKeys'];
type WithChanges = ImportHandlersDeps & PrivateHandlersDeps & { readonly clock: Pick<Clock, 'now'> };

/** SSH keys (E11): what the account has, how files get there, and their private halves on this computer. */
export function createSshKeysService(deps: WithChanges): SshKeysHandlers {
  return { ...createAccountHandlers(deps), ...createImportHandlers(deps), ...createPrivateHandlers(deps) };
}

/** What the account has at its provider. */
function createAccountHandlers(
  deps: WithChanges,
): Pick<SshKeysHandlers, 'list' | 'details' | 'rename' | 'replace' | 'remove' | 'verify' | 'signProof'> {
  const { changes, reader, clock } = deps;
  return {
    list: ({ accountId, from }) =>
      from === 'cache' ? reader.read(accountId, from) : changes.run(accountId, () => reader.read(accountId)),
    details: async ({ accountId, keyId }) => {
      const key = await reader.find(accountId, keyId);
      return {
        publicLine: [key.publicLine, key.title].join(' ').trimEnd(),
        randomart: drawRandomart(toPublicKey(key)),
      };
    },
    rename: async ({ accountId, keyId, title }) => {
      refusePrivateTitle(title);
      return changes.change(accountId, async (before) => {
        const { revision } = findIn(before, keyId);
        return replace(
          before,
          await changes.request(accountId, (account) => account.renameSshKey(keyId, title, revision)),
        );
      });
    },
    replace: ({ accountId, keyId, title }) => replaceTitle(deps, { accountId, keyId, title }),
    remove: ({ accountId, keyId }) => remove(deps, accountId, keyId),
    verify: ({ accountId, keyId }) =>
      changes.change(accountId, async (before) => {
        const sign = await signWith(deps, accountId, findIn(before, keyId));
        return replace(before, await changes.request(accountId, (account) => account.proveSshKey(keyId, sign)));
      }),
    async signProof({ accountId, keyId }) {
      const sign = await signWith(deps, accountId, await reader.find(accountId, keyId));
      // Not later than the service counts: an agent may ask the person first.
      const begun = clock.now();
      const made = await changes.request(accountId, async (account) => {
        if (!account.signSshKeyProof) throw new AppError('not-offered');
        return account.signSshKeyProof(keyId, sign);
      });
      return { signature: made.signature, expiresAt: new Date(begun + made.secondsLeft * 1_000).toISOString() };
    },
  };
}

/** Where the service renames none. */
async function replaceTitle(
  { changes, reader, reauth }: WithChanges,
  { accountId, keyId, title }: { readonly accountId: string; readonly keyId: string; readonly title: string },
): Promise<SshKeysSnapshot> {
  refusePrivateTitle(title);
  await reauth.require(accountId);
  const act = changes.change(accountId, async (before) => {
    const added = await changes.request(accountId, (account) => replaceKey(account, before, keyId, title));
    return { ...before, keys: before.keys.map((key) => (key.id === keyId ? added : key)) };
  });
  return act.catch(async (error: unknown) => {
    // Put back or not, it has another id by now.
    await reader.read(accountId).then(
      (read) => changes.emitSnapshot(read),
      () => undefined,
    );
    throw error;
  });
}

async function remove(
  { changes, reader, reauth, halves }: WithChanges,
  accountId: string,
  keyId: string,
): Promise<SshKeysSnapshot> {
  await reauth.require(accountId);
  return changes.change(accountId, async (before) => {
    const key = before.keys.find(({ id }) => id === keyId);
    if (!key) return before;
    // Its private half must not stay behind because an answer was lost.
    await confirmOutcome(
      () => changes.request(accountId, (account) => account.removeSshKey(keyId)).then(() => true, unlessNotFound),
      async () => (await reader.ask(accountId)).keys.every(({ id }) => id !== keyId) || undefined,
    );
    await halves.remove(accountId, key.sha256);
    return { ...before, keys: before.keys.filter(({ id }) => id !== keyId) };
  });
}

function findIn({ keys }: SshKeysState, keyId: string): SshKeyFacts {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('not-found');
  return key;
}

function replace(state: SshKeysState, changed: SshKeyFacts): SshKeysState {
  return { ...state, keys: state.keys.map((key) => (key.id === changed.id ? changed : key)) };
}

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
