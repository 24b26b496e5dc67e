import type { Database } from '../../database/database.ts';
import { instant, instantOrNull } from '../../http/instant.ts';
import { Problem } from '../../http/problem.ts';
import type { RequirePermission } from '../../access/require-permission.ts';
import type { Notify } from '../../mail/notices.ts';
import type { SignInAnswer } from '../auth/auth.schemas.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import type { Device } from '../../accounts/session.ts';
import type { IdTokenClaims, VerifyIdToken } from './id-token.ts';
import type { Identity, IdentityProvider, IdToken, Nonce } from './identities.schemas.ts';
import { nonceLifetime, type IdentitiesStore, type StoredIdentity } from './identities.store.ts';

export interface IdentityDeps {
  readonly database: Database;
  readonly identities: IdentitiesStore;
  readonly accounts: AccountsStore;
  readonly providers: readonly IdentityProvider[];
  readonly verify: VerifyIdToken;
  /** Where clients reach this server. */
  readonly origins: () => ReadonlySet<string>;
  readonly notify: Notify;
  /** Needed to link and to unlink. */
  readonly permission: string;
  readonly requirePermission: RequirePermission;
  /** Finishes a sign-in whose first proof is given. */
  readonly signInProven: (accountId: string, subject: string, device: Device) => SignInAnswer;
}

/**
 * Identities at identity providers, linked to accounts. The client runs the code flow and brings the ID token; it
 * counts only with a nonce that was given out here for this purpose, person and provider, once, bound to an address of
 * this server: a token that was stolen, or got for another server, opens nothing. Errors: Problem.
 */
export function createIdentitiesService(deps: IdentityDeps) {
  const tokens = createTokenAcceptance(deps);
  return { ...createLinks(deps, tokens), ...createIdentitySignIn(deps, tokens) };
}

type TokenAcceptance = ReturnType<typeof createTokenAcceptance>;

/** Nonces given out, and the ID tokens that bring them back. */
function createTokenAcceptance({ identities, providers, verify, origins }: IdentityDeps) {
  function providerOf(issuer: string): IdentityProvider {
    const provider = providers.find((each) => each.issuer === issuer);
    if (!provider) throw new Problem('invalid', { errors: [{ field: 'issuer', code: 'not-a-choice' }] });
    return provider;
  }

  return {
    /** `accountId`: null for signing in. Errors: invalid. */
    openNonce(issuer: string, accountId: string | null): Nonce {
      return { nonce: identities.openNonce(providerOf(issuer).issuer, accountId, origins()), expiresIn: nonceLifetime };
    },

    /** Errors: invalid, identity-refused, identity-provider-down. */
    async accept({ issuer, idToken }: IdToken, accountId: string | null): Promise<IdTokenClaims> {
      const claims = await verify(providerOf(issuer), idToken);
      if (!identities.takeNonce(claims.nonce, issuer, accountId)) throw new Problem('identity-refused');
      return claims;
    },
  };
}

/** What a person who is signed in does with their identities. */
function createLinks(deps: IdentityDeps, { openNonce, accept }: TokenAcceptance) {
  const { database, identities, accounts, providers, notify, permission, requirePermission } = deps;

  function list(accountId: string): Identity[] {
    return identities.list(accountId).map((each) => toAnswer(each, providers));
  }

  /** An identity whose provider is not asked any more opens nothing. */
  function opensAccount({ issuer }: StoredIdentity): boolean {
    return providers.some((each) => each.issuer === issuer);
  }

  return {
    list: (accountId: string) => ({ identities: list(accountId) }),

    /** Errors: forbidden, invalid. */
    beginLink(accountId: string, issuer: string): Nonce {
      requirePermission(accountId, permission);
      return openNonce(issuer, accountId);
    },

    /**
     * Linking what is linked already changes nothing. Errors: forbidden, invalid, identity-refused, identity-taken,
     * identity-provider-down.
     */
    async link(accountId: string, typed: IdToken) {
      requirePermission(accountId, permission);
      const { subject, label } = await accept(typed, accountId);
      const isNew = database.transaction(() => {
        const known = identities.find(typed.issuer, subject);
        if (known && known.accountId !== accountId) throw new Problem('identity-taken');
        if (!known) identities.add({ accountId, issuer: typed.issuer, subject, label });
        return !known;
      });
      if (isNew) notify(accountId, 'identity-linked');
      return { identities: list(accountId) };
    },

    /** Errors: forbidden, not-found, last-way-in. */
    unlink(accountId: string, id: string): void {
      requirePermission(accountId, permission);
      database.transaction(() => {
        const hasOtherWay =
          Boolean(accounts.readPassword(accountId)) ||
          identities.list(accountId).some((each) => each.id !== id && opensAccount(each));
        if (!hasOtherWay) throw new Problem('last-way-in');
        if (!identities.remove(accountId, id)) throw new Problem('not-found');
      });
      notify(accountId, 'identity-unlinked');
    },
  };
}

/** Signing in with a linked identity. */
function createIdentitySignIn({ identities, signInProven }: IdentityDeps, { openNonce, accept }: TokenAcceptance) {
  return {
    beginSignIn: (issuer: string): Nonce => openNonce(issuer, null),

    /**
     * Only the owner of an identity learns whether it is linked. Errors: invalid, identity-refused,
     * identity-not-linked, identity-provider-down.
     */
    async signIn(typed: IdToken, device: Device): Promise<SignInAnswer> {
      const { subject } = await accept(typed, null);
      const identity = identities.find(typed.issuer, subject);
      if (!identity) throw new Problem('identity-not-linked');
      identities.markUsed(identity.id);
      return signInProven(identity.accountId, `identity ${identity.id}`, device);
    },
  };
}

function toAnswer(
  { id, issuer, label, linkedAt, lastUsedAt }: StoredIdentity,
  providers: readonly IdentityProvider[],
): Identity {
  const provider = providers.find((each) => each.issuer === issuer)?.name ?? issuer;
  return { id, issuer, provider, label, linkedAt: instant(linkedAt), lastUsedAt: instantOrNull(lastUsedAt) };
}
