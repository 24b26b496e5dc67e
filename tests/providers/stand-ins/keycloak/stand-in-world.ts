import type { KeycloakWorld } from '../../keycloak/conversation/world.ts';
import { startKeycloakStandIn } from './start-stand-in.ts';

/** The stand-in, as the conversation sees it. */
export async function startStandInWorld(): Promise<KeycloakWorld & AsyncDisposable> {
  const standIn = await startKeycloakStandIn();
  const { base, issuer, realm } = standIn;
  return {
    base,
    issuer,
    addPerson: (person) => Promise.resolve(void realm.add(person)),
    confirmEmail: ({ username }) => Promise.resolve(realm.confirmEmail(realm.find(username)!)),
    change: (switches) => Promise.resolve(void Object.assign(realm.switches, switches)),
    [Symbol.asyncDispose]: () => standIn[Symbol.asyncDispose](),
  };
}
