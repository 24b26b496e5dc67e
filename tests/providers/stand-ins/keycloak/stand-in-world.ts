import type { KeycloakWorld } from '../../keycloak/conversation/world.ts';
import { startKeycloakStandIn, type KeycloakStandIn } from './start-stand-in.ts';

/** The stand-in, as the conversation sees it. */
export async function startStandInWorld(): Promise<KeycloakWorld & AsyncDisposable> {
  const standIn = await startKeycloakStandIn();
  return { ...describeStandIn(standIn), [Symbol.asyncDispose]: () => standIn[Symbol.asyncDispose]() };
}

/** One that was started before. */
export function describeStandIn({ base, issuer, realm }: KeycloakStandIn): KeycloakWorld {
  return {
    base,
    issuer,
    addPerson: (person) => Promise.resolve(void realm.add(person)),
    confirmEmail: ({ username }) => Promise.resolve(realm.confirmEmail(realm.find(username)!)),
    async addTexts(texts) {
      for (const [key, text] of Object.entries(texts)) realm.texts.set(key, text);
    },
    change: (switches) => Promise.resolve(void Object.assign(realm.switches, switches)),
  };
}
