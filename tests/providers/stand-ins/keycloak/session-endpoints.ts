import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Form } from './actions/action.ts';
import { oauthError, sendPlainJson } from './answers.ts';
import { requireClient } from './clients.ts';
import type { RealmState } from './realm-state.ts';
import { describePerson, type TokenMint } from './tokens.ts';

/** Logout, revocation, userinfo and keys. `path`: that of all OpenID Connect endpoints. */
export function addSessionEndpoints(server: FastifyInstance, path: string, realm: RealmState, mint: TokenMint): void {
  server.post(`${path}/logout`, (request, reply) => {
    const form = request.body as Form;
    requireClient(form);
    const record = mint.look(form['refresh_token'] ?? '');
    if (record?.kind !== 'refresh') throw oauthError('invalid_grant', 'Invalid refresh token');
    realm.end(record.session);
    return reply.code(204).send();
  });

  server.post(`${path}/revoke`, (request, reply) => {
    const form = request.body as Form;
    const clientId = requireClient(form);
    const token = form['token'] ?? '';
    const found = mint.find(token, 'refresh') ?? mint.find(token, 'access');
    // 200 with an error: so it is.
    if (!found) return sendPlainJson(reply, 200, { error: 'invalid_token', error_description: 'Invalid token' });
    const { session, person } = found;
    person.consents.delete(clientId);
    session.clients.delete(clientId);
    if (session.clients.size === 0) realm.end(session);
    return reply.code(200).send();
  });

  server.get(`${path}/userinfo`, (request, reply) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const found = mint.find(token, 'access');
    if (!found) return refuseBearer(reply, mint.look(token) ? 'user_session_not_found' : 'Token verification failed');
    return sendPlainJson(reply, 200, { sub: found.person.id, ...describePerson(found.person) });
  });

  server.get(`${path}/certs`, (_request, reply) => sendPlainJson(reply, 200, { keys: [mint.publicKey] }));
}

/** Without a word in the body. */
function refuseBearer(reply: FastifyReply, why: string): FastifyReply {
  const challenge = `Bearer realm="staff", error="invalid_token", error_description="${why}"`;
  return reply
    .code(401)
    .headers({ 'www-authenticate': challenge, 'content-type': 'text/plain;charset=utf-8' })
    .send('');
}
