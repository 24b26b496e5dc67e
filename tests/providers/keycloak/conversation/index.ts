import type { Notes } from '../notes.ts';
import { knock, lookOnly } from './account-access.ts';
import { changeEmailByAction, confirmEmail, setUpCredentials, spendRecoveryCodes } from './credentials.ts';
import { changeNameAndEmail, writeProfile } from './profile-writes.ts';
import { giveConsent, withdrawOffline } from './applications.ts';
import { deleteAccounts } from './deletion.ts';
import { linkAccounts } from './linked-accounts.ts';
import { endSessions } from './sessions.ts';
import {
  askToAuthorize,
  discover,
  goOffline,
  rotateTokens,
  signInByDevice,
  takeLightweightTokens,
  signOut,
  takeAndRefreshTokens,
} from './signing-in.ts';
import type { KeycloakWorld } from './world.ts';

type Part = (world: KeycloakWorld, notes: Notes) => Promise<void>;

/** Everything that is asked of Keycloak, real or played, by name. Each part stands alone. */
export const conversation: Readonly<Record<string, Part>> = {
  'what is told to anybody': discover,
  'authorization requests': askToAuthorize,
  tokens: takeAndRefreshTokens,
  'signing out': signOut,
  'offline access': goOffline,
  'device codes': signInByDevice,
  'rotation of refresh tokens': rotateTokens,
  'lightweight tokens': takeLightweightTokens,
  'who is let in': knock,
  'looking only': lookOnly,
  'writes of the profile': writeProfile,
  'name and e-mail': changeNameAndEmail,
  credentials: setUpCredentials,
  'few recovery codes': spendRecoveryCodes,
  'e-mail by its own page': changeEmailByAction,
  'e-mail that waits for a mail': confirmEmail,
  sessions: endSessions,
  'linked accounts': linkAccounts,
  'applications and consents': giveConsent,
  'applications that stay': withdrawOffline,
  deletion: deleteAccounts,
};

/** What is left out where oathtool is missing. */
export function needsOathtool(part: Part): boolean {
  return part === setUpCredentials;
}
