import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { strangerClient } from '../../keycloak/realm.ts';
import { seconds, type RealmState, type StoredPerson, type StoredSession } from './realm-state.ts';

/** What a token was given for. */
export interface Grant {
  readonly session: StoredSession;
  readonly clientId: string;
  readonly scope: string;
  readonly nonce: string | undefined;
}

interface TokenRecord extends Grant {
  readonly kind: 'access' | 'refresh';
  /** Of the client's part of the session. */
  readonly clientSession: string;
  readonly expiresAt: number;
  used: boolean;
}

export type FoundToken = TokenRecord & { readonly person: StoredPerson };

/** Signs them, and knows each that is still good. A token that nobody was given is not known, whoever signed it. */
export class TokenMint {
  readonly #realm: RealmState;
  readonly #issuer: string;
  readonly #key: CryptoKey;
  readonly #records = new Map<string, TokenRecord>();
  readonly publicKey: JWK;
  readonly issued: string[] = [];

  private constructor(realm: RealmState, issuer: string, key: CryptoKey, publicKey: JWK) {
    this.#realm = realm;
    this.#issuer = issuer;
    this.#key = key;
    this.publicKey = publicKey;
  }

  static async open(realm: RealmState, issuer: string): Promise<TokenMint> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    return new TokenMint(realm, issuer, privateKey, {
      ...(await exportJWK(publicKey)),
      ...{ kid: 'stand-in', alg: 'RS256', use: 'sig' },
    });
  }

  /** The answer of the token endpoint. */
  async issue(grant: Grant) {
    const { session, clientId, scope, nonce } = grant;
    const { accessTokenSeconds, refreshTokenSeconds } = this.#realm.switches;
    const clientSession = session.clients.get(clientId) ?? randomUUID();
    session.clients.set(clientId, clientSession);
    session.lastAccess = seconds();
    const person = this.#realm.byId(session.personId)!;
    const common = { clientSession, used: false, ...grant };
    const access = await this.#signAccess(grant, person);
    const refreshEnd = session.isOffline ? 0 : refreshTokenSeconds;
    const refresh = await this.#sign(refreshEnd || undefined, {
      ...{ aud: this.#issuer, typ: session.isOffline ? 'Offline' : 'Refresh', azp: clientId },
      ...{ sid: session.id, scope, prov: 'default' },
      ...(!this.#realm.switches.hasLightweightTokens && { sub: person.id, aud_x: 'account' }),
    });
    this.#records.set(access, { kind: 'access', expiresAt: seconds() + accessTokenSeconds, ...common });
    this.#records.set(refresh, { kind: 'refresh', expiresAt: seconds() + (refreshEnd || 2_592_000), ...common });
    return {
      access_token: access,
      expires_in: accessTokenSeconds,
      refresh_expires_in: refreshEnd,
      refresh_token: refresh,
      token_type: 'Bearer',
      ...(scope.split(' ').includes('openid') && { id_token: await this.#signId(grant, person, access, nonce) }),
      'not-before-policy': 0,
      session_state: session.id,
      scope,
    };
  }

  /** What was given, whether or not it is still good. */
  look(token: string): TokenRecord | undefined {
    return this.#records.get(token);
  }

  /** Only while its session, its program's part of it and its person are there. */
  find(token: string, kind: TokenRecord['kind']): FoundToken | undefined {
    const record = this.#records.get(token);
    if (record?.kind !== kind || record.expiresAt <= seconds() || !this.#realm.sessions.includes(record.session))
      return undefined;
    const person = this.#realm.byId(record.session.personId);
    const isCurrent = record.session.clients.get(record.clientId) === record.clientSession;
    return person?.enabled && isCurrent ? { ...record, person } : undefined;
  }

  /** A lightweight one says nothing of the person, not even who it is; the account API takes it all the same. */
  #signAccess(grant: Grant, person: StoredPerson): Promise<string> {
    const { session, clientId, scope } = grant;
    const { hasLightweightTokens, accessTokenSeconds } = this.#realm.switches;
    const little = { typ: 'Bearer', azp: clientId, sid: session.id, scope };
    const claims = { ...describeAccess(grant, person), ...describePerson(person) };
    return this.#sign(accessTokenSeconds, hasLightweightTokens ? little : claims);
  }

  #signId({ session, clientId }: Grant, person: StoredPerson, access: string, nonce?: string): Promise<string> {
    const digest = createHash('sha256').update(access).digest();
    return this.#sign(this.#realm.switches.accessTokenSeconds, {
      ...{ aud: clientId, sub: person.id, typ: 'ID', azp: clientId, sid: session.id, auth_time: session.authTime },
      ...{ acr: '1', at_hash: digest.subarray(0, digest.length / 2).toString('base64url') },
      ...(nonce !== undefined && { nonce }),
      ...describePerson(person),
    });
  }

  async #sign(lifetime: number | undefined, claims: Record<string, unknown>): Promise<string> {
    const token = new SignJWT({ jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'stand-in' })
      .setIssuer(this.#issuer)
      .setIssuedAt();
    if (lifetime !== undefined) token.setExpirationTime(seconds() + lifetime);
    const signed = await token.sign(this.#key);
    this.issued.push(signed);
    return signed;
  }
}

/** Whoever has a role of `account` has it as an audience; a program without full scope has neither. */
export function reachesAccount({ accountRoles }: StoredPerson, clientId: string): boolean {
  return accountRoles.length > 0 && clientId !== strangerClient;
}

function describeAccess({ session, clientId, scope }: Grant, person: StoredPerson) {
  const { id, accountRoles } = person;
  return {
    ...{ sub: id, typ: 'Bearer', azp: clientId, sid: session.id, auth_time: session.authTime, acr: '1', scope },
    ...(clientId !== strangerClient && { realm_access: { roles: ['offline_access', 'uma_authorization'] } }),
    ...(reachesAccount(person, clientId) && { aud: 'account', resource_access: { account: { roles: accountRoles } } }),
  };
}

/** Claims of the scopes profile and email. */
export function describePerson({ username, firstName, lastName, email, emailVerified, attributes }: StoredPerson) {
  const own = Object.entries({
    birthdate: attributes['birthdate'],
    nickname: attributes['nickname'],
    locale: attributes['locale'],
  });
  return {
    email_verified: emailVerified,
    ...Object.fromEntries(own.flatMap(([name, values]) => (values?.[0] === undefined ? [] : [[name, values[0]]]))),
    name: `${firstName} ${lastName}`,
    preferred_username: username,
    given_name: firstName,
    family_name: lastName,
    email,
  };
}
