import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import * as z from 'zod';
import { makePerson, type KeycloakWorld } from '../../../keycloak/conversation/world.ts';
import { hasForm, PageVisitor, readField, type Page } from '../../../keycloak/page-visitor.ts';
import { adaAtPartner, allRoles } from '../../../keycloak/people.ts';
import { calendarClient, deskClient } from '../../../keycloak/realm.ts';
import { authorize, takeTokens } from '../../../keycloak/sign-in.ts';
import { startKeycloakStandIn } from '../../../stand-ins/keycloak/start-stand-in.ts';
import { describeStandIn } from '../../../stand-ins/keycloak/stand-in-world.ts';
import { askByCurl, type CurlRequest } from '../../ask-by-curl.ts';
import type { Desk } from '../../desk.ts';
import {
  lackingClient,
  lackingOutside,
  type OtherClient,
  type Person,
  type Service,
  type SignIn,
  type World,
} from '../../world.ts';
import { keycloakExpectations } from './expectations.ts';

/** What any Keycloak has in common, the real one too. */
export const anyKeycloak: Omit<Service, 'name' | 'start'> = {
  kind: 'keycloak',
  ways: ['browser'],
  expectations: keycloakExpectations,
};

export const keycloakStandIn: Service = {
  ...anyKeycloak,
  name: 'the stand-in of Keycloak',
  async start() {
    const standIn = await startKeycloakStandIn();
    return {
      ...describeKeycloak(describeStandIn(standIn)),
      // A token is found by its signature too, whatever becomes of the rest.
      issued: () => standIn.issued.flatMap((token) => [token, token.split('.').at(-1)!]),
      [Symbol.asyncDispose]: () => standIn[Symbol.asyncDispose](),
    };
  },
};

/** A token is told to nobody else, so none is known here. */
export function describeKeycloak(world: KeycloakWorld): Omit<World, keyof AsyncDisposable> {
  const { issuer, base } = world;
  const make = async (roles: readonly string[]): Promise<Person> => {
    const { username: identifier, ...person } = await makePerson(world, roles);
    return { ...person, identifier };
  };
  return {
    address: issuer,
    signIns: { browser: signInOn(base) },
    async signInWrongly(desk, person) {
      const { visitor, page } = await openSignIn(desk, base);
      const asked = await visitor.submit(page, typed({ ...person, password: 'not this one' }), form);
      expect(hasForm(asked, form), 'its page asks again').toBe(true);
    },
    makePerson: () => make(allRoles),
    makeRestrictedPerson: () => make(['view-profile']),
    connect: (person) => connect(world, person),
    async takesPassword(person, password) {
      const asked = { username: person.identifier, password };
      return takeTokens(issuer, new PageVisitor(base), asked).then(
        () => true,
        () => false,
      );
    },
    issued: () => [],
    outside: {
      ...lackingOutside,
      link: (desk) => link(desk, base),
      enrolDevice: (person, name) => enrolOnPage(world, person, name),
      letApplicationIn: (person) => letCalendarIn(world, person),
    },
  };
}

const form = 'kc-form-login';
const typed = ({ identifier: username, password }: Pick<Person, 'identifier' | 'password'>) => ({ username, password });

async function openSignIn(desk: Desk, base: string, again?: string) {
  const asked = { kind: 'keycloak', target: desk.target, clientId: deskClient, again } as const;
  const { attempt } = await desk.app.calls.auth.beginBrowserSignIn(asked);
  const visitor = new PageVisitor(base);
  return { attempt, visitor, page: await visitor.open(desk.opened.at(-1)!) };
}

/** In a browser where nobody is signed in yet. */
const signInOn =
  (base: string): SignIn =>
  async (desk, person, again) => {
    const { attempt, visitor, page } = await openSignIn(desk, base, again);
    const ending = desk.app.calls.auth.finishBrowserSignIn({ attempt });
    ending.catch(() => undefined);
    await comeBack(desk, await visitor.submit(page, typed(person), form));
    const result = await ending;
    if (result.next !== 'done') throw new Error('a code was asked for');
    return result.accountId;
  };

/** The browser goes back to the app with a code. */
async function comeBack(desk: Desk, { address }: Page): Promise<void> {
  desk.secrets.add(address.searchParams.get('code')!);
  await fetch(address);
}

/** At the identity provider that the realm knows. */
async function link(desk: Desk, base: string): Promise<void> {
  const { accountId, app, person } = desk;
  const { attempt } = await app.calls.handOff.begin({ accountId, operation: 'linkedAccounts.link', of: 'partner' });
  const ending = app.calls.handOff.finish({ attempt });
  ending.catch(() => undefined);
  const visitor = new PageVisitor(base);
  const asked = await visitor.submit(await visitor.open(desk.opened.at(-1)!), typed(person), form);
  const there = await visitor.submit(asked, {});
  const { username: identifier, password } = adaAtPartner;
  await comeBack(desk, await visitor.submit(there, typed({ identifier, password }), form));
  expect(await ending).toEqual({ outcome: 'done' });
}

async function enrolOnPage({ issuer, base }: KeycloakWorld, person: Person, userLabel: string): Promise<void> {
  const visitor = new PageVisitor(base);
  const { address } = authorize(issuer, { kc_action: 'CONFIGURE_TOTP' });
  const page = await visitor.submit(await visitor.open(address), typed(person), form);
  const secret = Secret.fromUTF8(readField(page, 'totpSecret'));
  await visitor.submit(page, { totp: new TOTP({ secret }).generate(), userLabel });
}

/** The realm's calendar, which asks for consent. */
async function letCalendarIn({ issuer, base }: KeycloakWorld, person: Person): Promise<string> {
  const visitor = new PageVisitor(base);
  const { address } = authorize(issuer, {}, calendarClient);
  const asked = await visitor.submit(await visitor.open(address), typed(person), form);
  await visitor.submit(asked, { accept: 'Yes' });
  return calendarClient;
}

const recordSchema = z.looseObject({ firstName: z.string() });
const devicesSchema = z.array(z.looseObject({ sessions: z.array(z.unknown()) }));
const credentialsSchema = z.array(
  z.looseObject({
    userCredentialMetadatas: z.array(z.looseObject({ credential: z.looseObject({ userLabel: z.string() }) })),
  }),
);
const applicationsSchema = z.array(z.looseObject({ clientId: z.string(), consent: z.unknown().optional() }));
const linksSchema = z.array(z.looseObject({ connected: z.boolean() }));

async function connect({ issuer, base }: KeycloakWorld, person: Person): Promise<OtherClient> {
  const { access_token: token } = await takeTokens(issuer, new PageVisitor(base), typed(person));
  const headers = [`Authorization: Bearer ${token}`];
  const ask = (path: string, request: CurlRequest = {}) =>
    askByCurl(`${issuer}/account${path}`, { ...request, headers });
  const readRecord = async () => recordSchema.parse((await ask('/?userProfileMetadata=false')).body);
  return {
    ...lackingClient,
    isSignedIn: async () => (await ask('/')).status === 200,
    readName: async () => (await readRecord()).firstName,
    async writeName(firstName) {
      await ask('/', { method: 'POST', json: { ...(await readRecord()), firstName } });
    },
    async countSessions() {
      const devices = devicesSchema.parse((await ask('/sessions/devices')).body);
      return devices.reduce((sum, { sessions }) => sum + sessions.length, 0);
    },
    async endOthers() {
      await ask('/sessions', { method: 'DELETE' });
    },
    async listSecondSteps() {
      const [kind] = credentialsSchema.parse((await ask('/credentials?type=otp')).body);
      return kind!.userCredentialMetadatas.map(({ credential }) => credential.userLabel);
    },
    async listApplications() {
      const all = applicationsSchema.parse((await ask('/applications')).body);
      return all.filter(({ consent }) => consent).map(({ clientId }) => clientId);
    },
    countLinks: async () =>
      linksSchema.parse((await ask('/linked-accounts')).body).filter(({ connected }) => connected).length,
  };
}
