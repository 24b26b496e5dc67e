import type { MailCatcher } from '../../../support/mail-catcher.ts';
import type { KeycloakWorld, RealmSwitches } from '../../keycloak/conversation/world.ts';
import { PageVisitor } from '../../keycloak/page-visitor.ts';
import { deskClient, staff } from '../../keycloak/realm.ts';
import type { KeycloakAdmin } from './admin.ts';
import { addPerson, setAction } from './seed.ts';
import { openAdmin } from './start-keycloak.ts';

/** The real Keycloak at `base`, as the conversation sees it. */
export function openRealWorld(base: string, mails: MailCatcher): KeycloakWorld {
  const admin = openAdmin(base);
  const smtpServer = { host: '127.0.0.1', port: String(mails.port), from: 'keycloak@staff.example' };
  return {
    base,
    issuer: `${base}/realms/${staff}`,
    addPerson: (person) => addPerson(admin, person),
    confirmEmail: async (_person, newAddress) => {
      const link = await mails.findLink(newAddress, 'action-token');
      await new PageVisitor(base).open(link);
    },
    addTexts: async (texts) => {
      await admin.ask('POST', `${staff}/localization/en`, texts);
    },
    change: (switches) => changeRealm(admin, switches, smtpServer),
  };
}

async function changeRealm(
  admin: KeycloakAdmin,
  switches: Partial<RealmSwitches>,
  smtpServer: Readonly<Record<string, string>>,
): Promise<void> {
  const { updatesEmailByAction, hasLightweightTokens, ...ofRealm } = switches;
  if (updatesEmailByAction !== undefined) await setAction(admin, 'UPDATE_EMAIL', updatesEmailByAction);
  if (hasLightweightTokens !== undefined) await setLightweightTokens(admin, hasLightweightTokens);
  const { editsUsername, rotatesRefreshTokens, verifiesEmail } = ofRealm;
  const realm = (await admin.ask('GET', staff)) as object;
  await admin.ask('PUT', staff, {
    ...realm,
    ...(editsUsername !== undefined && { editUsernameAllowed: editsUsername }),
    ...(rotatesRefreshTokens !== undefined && { revokeRefreshToken: rotatesRefreshTokens }),
    ...(verifiesEmail !== undefined && { verifyEmail: verifiesEmail, smtpServer }),
  });
}

async function setLightweightTokens(admin: KeycloakAdmin, isOn: boolean): Promise<void> {
  const [client] = (await admin.ask('GET', `${staff}/clients?clientId=${deskClient}`)) as {
    readonly id: string;
    readonly attributes: object;
  }[];
  if (!client) throw new Error(`no client ${deskClient}`);
  const attributes = { ...client.attributes, 'client.use.lightweight.access.token.enabled': String(isOn) };
  await admin.ask('PUT', `${staff}/clients/${client.id}`, { ...client, attributes });
}
