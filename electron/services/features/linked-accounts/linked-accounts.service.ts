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
import { Attempts, type AttemptsDeps } from '../../openid/attempts.ts';
import { findClient } from '../../openid/find-client.ts';

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

  async function link(accountId: string, issuer: string): Promise<IdentityAttempt> {
    await reauth.require(accountId);
    const { providers, access } = await signedIn.request(accountId, (account) => account.linkedAccounts());
    if (access.kind === 'needs-permission') throw new AppError('forbidden', { permission: access.permission });
    return links.begin({
      client: findClient(providers, issuer),
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
      link: ({ accountId, issuer }) => link(accountId, issuer),
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

function toSnapshot(
  head: SnapshotHead,
  { access, providers, linkedAccounts }: LinkedAccountsState,
): LinkedAccountsSnapshot {
  return {
    ...head,
    access,
    providers: providers.map(({ name, issuer }) => ({ name, issuer })),
    linkedAccounts: [...linkedAccounts],
  };
}
