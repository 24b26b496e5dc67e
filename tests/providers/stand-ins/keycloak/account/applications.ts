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

/** The program is out of every session of the person. */
function withdraw(realm: RealmState, person: StoredPerson, clientId: string): void {
  if (!person.consents.delete(clientId)) return;
  for (const { personId, clients } of realm.sessions) if (personId === person.id) clients.delete(clientId);
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
