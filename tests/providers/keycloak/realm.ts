import { adaAtPartner, people, type Person } from './people.ts';
import { profileAttributes, profileGroups } from './user-profile.ts';

// The realm files that Keycloak imports at its start (`start-dev --import-realm`): "staff", and "partner", which is an
// identity provider of "staff". Only what differs from a new realm stands here; what an import would take for the whole
// (required actions, flows) is set afterwards, by the administrator's API.

export const staff = 'staff';
export const partner = 'partner';

/** Our app, as docs ask an administrator to register it. */
export const deskClient = 'profile-desk';
/** A program that asks for the person's consent. */
export const calendarClient = 'calendar';
/** Carries no role of `account` in its tokens, since nobody gave it the scope. */
export const strangerClient = 'stranger';
/** For programs without a browser. */
export const deviceClient = 'terminal';

const brokerSecret = 'only-for-these-tests';
const loopback = ['http://127.0.0.1/*'];

/** Whole: an import takes a part of it for the rest being zero. */
const otpPolicy = {
  otpPolicyType: 'totp',
  otpPolicyAlgorithm: 'HmacSHA1',
  otpPolicyDigits: 6,
  otpPolicyPeriod: 30,
  otpPolicyLookAheadWindow: 1,
  otpPolicyInitialCounter: 0,
  otpPolicyCodeReusable: false,
};

type Json = Readonly<Record<string, unknown>>;

/** `base` is Keycloak's own address, without a path at its end. */
export function makeRealms(base: string): readonly Json[] {
  return [makeStaff(base), makePartner(base)];
}

function makeStaff(base: string): Json {
  return {
    realm: staff,
    enabled: true,
    displayName: 'Brightline staff',
    sslRequired: 'none',
    loginWithEmailAllowed: true,
    resetPasswordAllowed: true,
    editUsernameAllowed: false,
    internationalizationEnabled: true,
    supportedLocales: ['en', 'de'],
    defaultLocale: 'en',
    passwordPolicy: 'length(8) and notUsername(undefined)',
    ...otpPolicy,
    webAuthnPolicyPasswordlessPasskeysEnabled: true,
    components: {
      'org.keycloak.userprofile.UserProfileProvider': [
        {
          providerId: 'declarative-user-profile',
          config: {
            'kc.user.profile.config': [JSON.stringify({ attributes: profileAttributes, groups: profileGroups })],
          },
        },
      ],
    },
    identityProviders: [makePartnerProvider(base)],
    groups: [{ name: 'research', subGroups: [{ name: 'optics' }] }],
    clients: [
      makeClient(deskClient),
      {
        ...makeClient(calendarClient),
        name: 'Team calendar',
        consentRequired: true,
        baseUrl: 'https://calendar.example/',
      },
      { ...makeClient(strangerClient), fullScopeAllowed: false },
      {
        ...makeClient(deviceClient),
        standardFlowEnabled: false,
        redirectUris: [],
        attributes: { 'oauth2.device.authorization.grant.enabled': 'true' },
      },
    ],
    users: people.map(makeUser),
  };
}

function makePartner(base: string): Json {
  return {
    realm: partner,
    enabled: true,
    sslRequired: 'none',
    clients: [
      {
        clientId: 'staff-broker',
        secret: brokerSecret,
        redirectUris: [`${base}/realms/${staff}/broker/${partner}/endpoint`],
      },
    ],
    users: [makeUser(adaAtPartner)],
  };
}

function makeClient(clientId: string): Json {
  return {
    clientId,
    publicClient: true,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    redirectUris: loopback,
    webOrigins: [],
    attributes: { 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': loopback[0] },
  };
}

function makePartnerProvider(base: string): Json {
  const issuer = `${base}/realms/${partner}`;
  const endpoints = `${issuer}/protocol/openid-connect`;
  return {
    alias: partner,
    displayName: 'Partner House',
    providerId: 'oidc',
    enabled: true,
    trustEmail: true,
    config: {
      issuer,
      authorizationUrl: `${endpoints}/auth`,
      tokenUrl: `${endpoints}/token`,
      userInfoUrl: `${endpoints}/userinfo`,
      logoutUrl: `${endpoints}/logout`,
      jwksUrl: `${endpoints}/certs`,
      useJwksUrl: 'true',
      validateSignature: 'true',
      clientId: 'staff-broker',
      clientSecret: brokerSecret,
      clientAuthMethod: 'client_secret_post',
      defaultScope: 'openid profile email',
    },
  };
}

/** As the realm file and the administrator's API take a person. */
export function makeUser({ username, firstName, lastName, email, password, accountRoles, attributes }: Person): Json {
  return {
    username,
    firstName,
    lastName,
    email,
    emailVerified: true,
    enabled: true,
    attributes,
    credentials: [{ type: 'password', value: password }],
    realmRoles: ['offline_access', 'uma_authorization'],
    clientRoles: { account: accountRoles },
  };
}
