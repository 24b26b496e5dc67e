import { expect } from 'vitest';
import { exchangeByCurl, statusByCurl } from '../../../../support/curl.ts';
import { visit } from '../../../../support/identity-provider.ts';
import { askByCurl } from '../../ask-by-curl.ts';
import { makeCode, type Desk } from '../../desk.ts';
import {
  lackingOutside,
  wrongCredentials,
  type Outside,
  type Person,
  type Service,
  type SignIn,
  type World,
} from '../../world.ts';
import { referenceExpectations } from './expectations.ts';
import { findMailedLink, openReferenceClient, trySignIn } from './reference-client.ts';
import { startReferenceServer, type ReferenceServer } from './reference-server.ts';

export const reference: Service = {
  name: 'the reference API',
  kind: 'reference',
  ways: ['password'],
  expectations: referenceExpectations,
  async start() {
    const server = await startReferenceServer();
    return describeWorld(server);
  },
};

function describeWorld(server: ReferenceServer): World {
  const { address } = server;
  return {
    address,
    signIns: {
      password: signInByPassword,
      'password and code': signInByCode,
      'linked account': signInByLinkedAccount(server.issuer),
    },
    async signInWrongly(desk, person) {
      const wrong = await desk.refusal(signInByPassword(desk, { ...person, password: 'not this one' }));
      expect(wrong).toMatchObject(wrongCredentials);
    },
    makePerson: () => server.addPerson(true),
    makeRestrictedPerson: () => server.addPerson(false),
    connect: (person) => openReferenceClient(address, person),
    takesPassword: async ({ email }, password) => (await trySignIn(address, email, password)).accessToken !== undefined,
    issued: () =>
      [...server.heard().matchAll(/"(?:accessToken|refreshToken|deviceToken)":"([^"]+)"/g)].map(
        ([, token = '']) => token,
      ),
    outside: describeOutside(server),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function describeOutside({ address, issuer }: ReferenceServer): Outside {
  return {
    ...lackingOutside,
    async confirmEmail(email) {
      await askByCurl(await findMailedLink(address, email, '/links/email/'), { method: 'POST' });
    },
    async resetPassword({ email }, next) {
      const link = await findMailedLink(address, email, '/auth/password-reset/');
      await askByCurl(link, { method: 'POST', json: { next } });
    },
    async useRecoveryCode({ identifier, password }, code) {
      const { challenge } = await trySignIn(address, identifier, password);
      const json = { challenge, code };
      return (await askByCurl(`${address}/auth/sign-in/code`, { method: 'POST', json })).status === 200;
    },
    takesApiKey: async (secret) => (await statusByCurl(address, { accessToken: secret })) === 200,
    takesAccessKey: async (id, secret) => (await exchangeByCurl(address, id, secret)) !== undefined,
    link: (desk) => link(desk, issuer),
  };
}

/** Whoever types this name at the identity provider is the person. */
const nameThere = ({ identifier }: Person) => `${identifier}-there`;

async function link(desk: Desk, issuer: string): Promise<void> {
  const { accountId, app, opened, person } = desk;
  await desk.prove();
  const { attempt } = await app.calls.linkedAccounts.link({ accountId, providerId: issuer });
  await Promise.all([app.calls.linkedAccounts.finishLink({ attempt }), visit(opened.at(-1)!.href, nameThere(person))]);
}

const signInByPassword: SignIn = async (desk, { identifier, password }, again) => {
  const result = await desk.app.calls.auth.signIn({ target: desk.target, identifier, password, again });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
};

/** The authenticator app was set up elsewhere. A code counts once, so this takes the next one. */
const signInByCode: SignIn = async (desk, person) => {
  const other = await openReferenceClient(desk.world.address, person);
  const { enrolment, secret } = await other.beginEnrolment();
  desk.secrets.add(secret);
  await other.confirmEnrolment(enrolment, await makeCode(secret));
  const { identifier, password } = person;
  const step = await desk.app.calls.auth.signIn({ target: desk.target, identifier, password });
  if (step.next !== 'code') throw new Error('no code was asked for');
  const { challenge } = step;
  const wrong = await desk.refusal(desk.app.calls.auth.submitCode({ challenge, code: '000000' }));
  expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'wrong-code' } });
  const result = await desk.app.calls.auth.submitCode({ challenge, code: await makeCode(secret, 30) });
  if (result.next !== 'done') throw new Error('another code was asked for');
  return result.accountId;
};

/** Linked before, from the same computer. */
const signInByLinkedAccount =
  (issuer: string): SignIn =>
  async (desk, person) => {
    const { auth } = desk.app.calls;
    const accountId = await desk.signIn('password');
    await link(desk, issuer);
    await auth.signOut({ accountId, forget: false });
    const { attempt } = await auth.signInWithIdentity({ target: desk.target, issuer });
    const [result] = await Promise.all([
      auth.finishIdentitySignIn({ attempt }),
      visit(desk.opened.at(-1)!.href, nameThere(person)),
    ]);
    if (result.next !== 'done') throw new Error('a code was asked for');
    return result.accountId;
  };
