import { AppError } from '../../../../shared/contract/errors.ts';
import type { LinkedAccountsSnapshot, IdentityAttempt } from '../../../../shared/contract/account/linked-accounts.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { SignInResult } from '../../../../shared/contract/account/auth.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Sequence } from '../../core/sequence.ts';
import { createSnapshotHeads, type SnapshotHead } from '../../core/snapshot-heads.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { ProviderLinkedAccounts, LinkedAccountsState } from '../../provider/account-linked-accounts.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import type { IdentityClient } from '../../openid/identity-client.ts';
import { Attempts, type AttemptsDeps } from '../../openid/attempts.ts';

export interface LinkedAccountsService {
  readonly handlers: Handlers<AppContract>['linkedAccounts'];
  /** The account's session is over: what is under way for it ends. */
  clear(accountId: string): void;
  stop(): void;
}

export interface LinkedAccountsOptions extends AttemptsDeps {
  readonly signedIn: Requests<ProviderLinkedAccounts>;
  /** The attempts to sign in, which are opened again and called off in the same way. */
  readonly signIns: Pick<Attempts<SignInResult>, 'has' | 'openAgain' | 'stop'>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly sequence: Sequence;
  readonly emit: Emit<'linkedAccounts.changed'>;
}

/** Identities at identity providers, linked with an account (C3). */
export function createLinkedAccountsService({
  signedIn,
  signIns,
  reauth,
  sequence,
  emit,
  ...deps
}: LinkedAccountsOptions): LinkedAccountsService {
  const links = new Attempts<LinkedAccountsSnapshot>(deps);
  const headOf = createSnapshotHeads(deps.clock, sequence);

  async function read(accountId: string): Promise<LinkedAccountsSnapshot> {
    const asked = sequence();
    const state = await signedIn.request(accountId, (account) => account.linkedAccounts());
    return toSnapshot(headOf(accountId, asked), state);
  }

  /** After a change: what is there now, told to every screen. */
  async function emitSnapshot(accountId: string): Promise<LinkedAccountsSnapshot> {
    const snapshot = await read(accountId);
    emit('linkedAccounts.changed', snapshot);
    return snapshot;
  }

  async function link(accountId: string, providerId: string): Promise<IdentityAttempt> {
    await reauth.require(accountId);
    const client = clientOf(await signedIn.request(accountId, (account) => account.linkedAccounts()), providerId);
    const { issuer } = client;
    return links.begin({
      client,
      accountId,
      askNonce: () => signedIn.request(accountId, (account) => account.linkNonce(issuer)),
      async complete({ idToken }, attempt) {
        await signedIn.request(accountId, (account) => account.linkIdentity(issuer, idToken, attempt));
        return emitSnapshot(accountId);
      },
    });
  }

  return {
    handlers: {
      get: ({ accountId }) => read(accountId),
      link: ({ accountId, providerId }) => link(accountId, providerId),
      finishLink: ({ attempt }) => links.finish(attempt),
      openAgain: ({ attempt }) => (signIns.has(attempt) ? signIns : links).openAgain(attempt),
      cancel({ attempt }) {
        for (const each of [links, signIns]) if (each.has(attempt)) each.stop();
        return {};
      },
      async unlink({ accountId, linkedAccountId }) {
        await reauth.require(accountId);
        await confirmOutcome(
          () => signedIn.request(accountId, (account) => account.unlinkIdentity(linkedAccountId)).then(() => true),
          async () => (await read(accountId)).linkedAccounts.every(({ id }) => id !== linkedAccountId) || undefined,
        );
        return emitSnapshot(accountId);
      },
    },
    clear: (accountId) => links.stop((of) => of === accountId),
    stop() {
      links.stop();
      signIns.stop();
    },
  };
}

/** Errors: AppError forbidden; not-offered, also where the service links on its own pages. */
function clientOf({ access, providers }: LinkedAccountsState, providerId: string): IdentityClient {
  if (access.kind === 'needs-permission') throw new AppError('forbidden', { permission: access.permission });
  const client = providers.find(({ id }) => id === providerId)?.client;
  if (!client) throw new AppError('not-offered');
  return client;
}

function toSnapshot(
  head: SnapshotHead,
  { access, providers, linkedAccounts }: LinkedAccountsState,
): LinkedAccountsSnapshot {
  return {
    ...head,
    access,
    providers: providers.map(({ id, name }) => ({ id, name })),
    linkedAccounts: [...linkedAccounts],
  };
}
