import type { KeycloakWorld, RealmSwitches } from '../../keycloak/conversation/world.ts';
import { staff } from '../../keycloak/realm.ts';
import { addPerson, setAction } from './seed.ts';
import { openAdmin } from './start-keycloak.ts';

/** The real Keycloak at `base`, as the conversation sees it. */
export function openRealWorld(base: string): KeycloakWorld {
  const admin = openAdmin(base);

  async function change({ updatesEmailByAction, editsUsername, rotatesRefreshTokens }: Partial<RealmSwitches>) {
    if (updatesEmailByAction !== undefined) await setAction(admin, 'UPDATE_EMAIL', updatesEmailByAction);
    const changes = {
      ...(editsUsername !== undefined && { editUsernameAllowed: editsUsername }),
      ...(rotatesRefreshTokens !== undefined && { revokeRefreshToken: rotatesRefreshTokens }),
    };
    const realm = (await admin.ask('GET', staff)) as object;
    await admin.ask('PUT', staff, { ...realm, ...changes });
  }

  return { base, issuer: `${base}/realms/${staff}`, addPerson: (person) => addPerson(admin, person), change };
}
