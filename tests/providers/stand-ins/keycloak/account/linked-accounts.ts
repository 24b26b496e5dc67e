import type { FastifyInstance } from 'fastify';
import { partner } from '../../../keycloak/realm.ts';
import { partnerName } from '../actions/link-provider.ts';
import { Refusal, sendJson } from '../answers.ts';
import type { StoredPerson } from '../realm-state.ts';
import type { AccountDesk } from './access.ts';

/** These two are texts, in the language of the request; that an alias is unknown is told by a key. */
const notLinked = { en: 'This identity is not active anymore.', de: 'Diese Identität ist nicht mehr aktiv.' };
const lastWayIn = {
  en: 'You can not remove last federated identity as you do not have a password.',
  de: 'Sie können den letzten Eintrag nicht entfernen, da Sie kein Passwort haben.',
};

export function addLinkedAccounts(server: FastifyInstance, { admit }: AccountDesk): void {
  server.get('/linked-accounts', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('view-profile', 'manage-account');
    const { linked, search = '' } = request.query as Readonly<Record<string, string>>;
    const account = describe(person);
    const isShown = (linked === undefined || String(account.connected) === linked) && partner.includes(search);
    return sendJson(reply, isShown ? [account] : []);
  });

  server.delete('/linked-accounts/:alias', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('manage-account');
    const { alias } = request.params as { readonly alias: string };
    const language = request.headers['accept-language']?.startsWith('de') ? 'de' : 'en';
    if (alias !== partner) throw new Refusal(400, { errorMessage: 'identityProviderNotFoundMessage' });
    if (!person.links.has(alias)) throw new Refusal(400, { errorMessage: notLinked[language] });
    const hasPassword = person.credentials.some(({ type }) => type === 'password');
    if (!hasPassword && person.links.size === 1) throw new Refusal(400, { errorMessage: lastWayIn[language] });
    person.links.delete(alias);
    return reply.code(204).send();
  });
}

function describe({ links }: StoredPerson) {
  const linkedUsername = links.get(partner);
  return {
    connected: linkedUsername !== undefined,
    ...{ providerAlias: partner, providerName: partner, displayName: partnerName },
    ...(linkedUsername !== undefined && { linkedUsername }),
    social: false,
  };
}
