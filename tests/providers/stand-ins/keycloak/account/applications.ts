import type { FastifyInstance } from 'fastify';
import { Refusal, sendJson } from '../answers.ts';
import { findClient, type StoredClient } from '../clients.ts';
import type { Consent, RealmState, StoredPerson, StoredSession } from '../realm-state.ts';
import type { AccountDesk } from './access.ts';

/** The misspelt twin is really there. */
const grantedScopes = [
  ['roles', 'User roles'],
  ['profile', 'User profile'],
  ['email', 'Email address'],
].map(([name = '', text]) => ({
  id: `id of ${name}`,
  name: `\${${name}ScopeConsentText}`,
  displayText: text,
  displayTest: text,
}));

export function addApplications(server: FastifyInstance, { realm, admit }: AccountDesk): void {
  server.get('/applications', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('view-applications', 'manage-account');
    const { name = '' } = request.query as Readonly<Record<string, string>>;
    const sessions = realm.sessions.filter(({ personId }) => personId === person.id);
    const ids = new Set([...sessions.flatMap(({ clients }) => [...clients.keys()]), ...person.consents.keys()]);
    const shown = [...ids].filter((id) => id.includes(name));
    return sendJson(
      reply,
      shown.flatMap((id) => {
        const client = findClient(id);
        return client ? [describe(client, person, sessions)] : [];
      }),
    );
  });

  server.get('/applications/:id/consent', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('view-consent', 'manage-consent', 'manage-account');
    const consent = person.consents.get(requireClient(request.params));
    return consent ? sendJson(reply, describeConsent(consent)) : reply.code(204).send();
  });

  server.delete('/applications/:id/consent', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('manage-consent', 'manage-account');
    withdraw(realm, person, requireClient(request.params));
    return reply.code(204).send();
  });
}

/** What the program keeps beyond the browser goes in any case; with a consent it is out of every session. */
function withdraw(realm: RealmState, person: StoredPerson, clientId: string): void {
  const hadConsent = person.consents.delete(clientId);
  for (const session of realm.sessions.filter(({ personId }) => personId === person.id)) {
    if (hadConsent || session.isOffline) session.clients.delete(clientId);
    if (session.isOffline && session.clients.size === 0) realm.end(session);
  }
}

function requireClient(parameters: unknown): string {
  const { id } = parameters as { readonly id: string };
  if (!findClient(id)) throw new Refusal(404, { errorMessage: `No client with clientId: ${id} found.` });
  return id;
}

function describe(client: StoredClient, person: StoredPerson, sessions: readonly StoredSession[]) {
  const { clientId, name, baseUrl, asksConsent = false } = client;
  const consent = person.consents.get(clientId);
  return {
    clientId,
    ...(name !== undefined && { clientName: name }),
    userConsentRequired: asksConsent,
    inUse: sessions.some(({ clients }) => clients.has(clientId)),
    offlineAccess: sessions.some(({ isOffline, clients }) => isOffline && clients.has(clientId)),
    ...(baseUrl !== undefined && { baseUrl, effectiveUrl: baseUrl }),
    ...(consent && { consent: describeConsent(consent) }),
  };
}

function describeConsent({ createdDate, lastUpdatedDate }: Consent) {
  return { grantedScopes, createdDate, lastUpdatedDate };
}
