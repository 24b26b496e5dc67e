import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Form } from './actions/action.ts';
import { oauthError, sendPlainJson, type Refusal } from './answers.ts';
import type { PendingStore } from './authorization/pending.ts';
import { requireClient } from './clients.ts';
import type { DeviceCodes } from './device.ts';
import { seconds, type RealmState } from './realm-state.ts';
import type { Grant, TokenMint } from './tokens.ts';

const invalidGrant = (description: string) => oauthError('invalid_grant', description);

export interface TokenSources {
  readonly realm: RealmState;
  readonly mint: TokenMint;
  readonly store: PendingStore;
  readonly devices: DeviceCodes;
}

/** Trades what a program was given for tokens. Errors: Refusal. */
type Trade = (form: Form, clientId: string, sources: TokenSources) => Grant;

const trades: Readonly<Record<string, Trade>> = {
  authorization_code: tradeCode,
  refresh_token: tradeRefreshToken,
  'urn:ietf:params:oauth:grant-type:device_code': (form, clientId, { devices }) =>
    devices.trade(form['device_code'], clientId),
  password: () => {
    throw oauthError('unauthorized_client', 'Client not allowed for direct access grants');
  },
};

export function addTokenEndpoint(server: FastifyInstance, path: string, sources: TokenSources): void {
  server.post(`${path}/token`, async (request, reply) => {
    const form = request.body as Form;
    const clientId = requireClient(form);
    const type = form['grant_type'];
    if (type === undefined) throw oauthError('invalid_request', 'Missing form parameter: grant_type');
    const trade = trades[type];
    if (!trade) throw oauthError('unsupported_grant_type', 'Unsupported grant_type');
    const tokens = await sources.mint.issue(trade(form, clientId, sources));
    void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    return sendPlainJson(reply, 200, tokens);
  });
}

/** A code that comes twice ends everything that this program has in that session. */
function tradeCode(form: Form, clientId: string, { realm, store }: TokenSources): Grant {
  const record = store.findCode(form['code']);
  if (record?.isUsed) record.session.clients.delete(clientId);
  if (!record || record.isUsed || record.pending.client.clientId !== clientId) throw invalidGrant('Code not valid');
  record.isUsed = true;
  const { pending, session } = record;
  const digest = createHash('sha256')
    .update(form['code_verifier'] ?? '')
    .digest('base64url');
  if (digest !== pending.challenge) throw invalidGrant('PKCE verification failed: Code mismatch');
  if (form['redirect_uri'] !== pending.redirectUri) throw invalidGrant('Incorrect redirect_uri');
  if (!realm.sessions.includes(session)) throw invalidGrant('Session not active');
  const isOffline = pending.scope.split(' ').includes('offline_access');
  const { scope, nonce } = pending;
  return { session: isOffline ? realm.takeOffline(session, clientId) : session, clientId, scope, nonce };
}

function tradeRefreshToken(form: Form, clientId: string, { realm, mint }: TokenSources): Grant {
  const token = form['refresh_token'];
  if (token === undefined) throw oauthError('invalid_request', 'No refresh token');
  const record = mint.look(token);
  if (record?.kind !== 'refresh') throw invalidGrant('Invalid refresh token');
  if (record.clientId !== clientId)
    throw invalidGrant("Invalid refresh token. Token client and authorized client don't match");
  const { session } = record;
  if (!mint.find(token, 'refresh')) throw explain(realm, mint, token);
  if (record.used && realm.switches.rotatesRefreshTokens) {
    session.clients.delete(clientId);
    throw invalidGrant('Maximum allowed refresh token reuse exceeded');
  }
  record.used = true;
  return { session, clientId, scope: record.scope, nonce: record.nonce };
}

/** Why a refresh token that was given once is no good now. */
function explain(realm: RealmState, mint: TokenMint, token: string): Refusal {
  const { session, expiresAt } = mint.look(token)!;
  if (!realm.sessions.includes(session))
    return invalidGrant(session.isOffline ? 'Offline user session not found' : 'Session not active');
  if (expiresAt <= seconds()) return invalidGrant('Token is not active');
  if (realm.byId(session.personId)?.enabled === false) return invalidGrant('User disabled');
  return invalidGrant("Session doesn't have required client");
}
