import { AppError } from '../../../../shared/contract/errors.ts';
import type { IdentitiesSnapshot, IdentityAttempt } from '../../../../shared/contract/account/identities.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { SignInResult } from '../../../../shared/contract/account/auth.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { orFindOut } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountIdentities, IdentitiesState } from '../../provider/account-identities.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { Attempts, type AttemptsOptions } from '../../openid/attempts.ts';
import { findClient } from '../../openid/find-client.ts';

export interface IdentitiesService {
  readonly handlers: Handlers<AppContract>['identities'];
  /** The connection's session is over: what is under way for it ends. */
  drop(connectionId: string): void;
  stop(): void;
}

export interface IdentitiesOptions extends AttemptsOptions {
  readonly signedIn: Requests<AccountIdentities>;
  /** The attempts to sign in, which are opened again and called off in the same way. */
  readonly signIns: Pick<Attempts<SignInResult>, 'has' | 'openAgain' | 'stop'>;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly emit: (channel: 'identities.changed', payload: IdentitiesSnapshot) => void;
}

/** Identities at identity providers, linked with an account (C3). */
export function createIdentitiesService({
  signedIn,
  signIns,
  reauth,
  emit,
  ...parts
}: IdentitiesOptions): IdentitiesService {
  const links = new Attempts<IdentitiesSnapshot>(parts);

  async function read(connectionId: string): Promise<IdentitiesSnapshot> {
    return toSnapshot(connectionId, await signedIn.request(connectionId, (account) => account.identities()));
  }

  /** After a change: what is there now, told to every screen. */
  async function tell(connectionId: string): Promise<IdentitiesSnapshot> {
    const snapshot = await read(connectionId);
    emit('identities.changed', snapshot);
    return snapshot;
  }

  async function link(connectionId: string, issuer: string): Promise<IdentityAttempt> {
    await reauth.require(connectionId);
    const { providers, access } = await signedIn.request(connectionId, (account) => account.identities());
    if (access.kind === 'needs-permission') throw new AppError('forbidden', { permission: access.permission });
    return links.begin({
      client: findClient(providers, issuer),
      connectionId,
      askNonce: () => signedIn.request(connectionId, (account) => account.linkNonce(issuer)),
      async complete(idToken, attempt) {
        await signedIn.request(connectionId, (account) => account.linkIdentity(issuer, idToken, attempt));
        return tell(connectionId);
      },
    });
  }

  return {
    handlers: {
      get: ({ connectionId }) => read(connectionId),
      link: ({ connectionId, issuer }) => link(connectionId, issuer),
      finishLink: ({ attempt }) => links.finish(attempt),
      openAgain: ({ attempt }) => (signIns.has(attempt) ? signIns : links).openAgain(attempt),
      cancel({ attempt }) {
        for (const each of [links, signIns]) if (each.has(attempt)) each.stop();
        return {};
      },
      async unlink({ connectionId, identityId }) {
        await reauth.require(connectionId);
        await orFindOut(
          () => signedIn.request(connectionId, (account) => account.unlinkIdentity(identityId)).then(() => true),
          async () => (await read(connectionId)).identities.every(({ id }) => id !== identityId) || undefined,
        );
        return tell(connectionId);
      },
    },
    drop: (connectionId) => links.stop((of) => of === connectionId),
    stop() {
      links.stop();
      signIns.stop();
    },
  };
}

function toSnapshot(connectionId: string, { access, providers, identities }: IdentitiesState): IdentitiesSnapshot {
  return {
    connectionId,
    access,
    providers: providers.map(({ name, issuer }) => ({ name, issuer })),
    identities: [...identities],
  };
}
