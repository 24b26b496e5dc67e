import { expect } from 'vitest';
import * as z from 'zod';
import {
  cookiesOf,
  openWorld,
  whyNoGlewlwyd,
  type GlewlwydWorld,
} from '../../../../integration/glewlwyd-under-test.ts';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { startMailCatcher } from '../../../../support/mail-catcher.ts';
import { openClient } from '../../../live/glewlwyd/glewlwyd-client.ts';
import { addEmailChange, addPerson, otp, recoveryPlugin } from '../../../live/glewlwyd/seed-glewlwyd.ts';
import {
  lackingClient,
  lackingOutside,
  wrongCredentials,
  type OtherClient,
  type Outside,
  type Person,
  type Service,
  type SignIn,
} from '../../world.ts';
import { glewlwydExpectations } from './expectations.ts';

export const glewlwyd: Service = {
  name: 'a real glewlwyd',
  kind: 'glewlwyd',
  ways: ['password'],
  expectations: glewlwydExpectations,
  missing: whyNoGlewlwyd(),
  async start() {
    const [server, mails] = await Promise.all([openWorld(), startMailCatcher()]);
    await addEmailChange(server.admin, mails.port);
    const proxy = await startListeningProxy(server.address);
    const { address } = proxy;
    return {
      address,
      signIns: { password: signIn, 'password, the name in capitals': signInInCapitals },
      async signInWrongly(desk, person) {
        const wrong = await desk.refusal(signIn(desk, { ...person, password: 'not this one' }));
        expect(wrong).toMatchObject(wrongCredentials);
      },
      makePerson: () => makePerson(server, ['g_profile', otp.scope]),
      makeRestrictedPerson: () => makePerson(server, [otp.scope]),
      connect: (person) => connect(address, person),
      takesPassword: async ({ identifier }, password) =>
        (await openClient(address).signIn(identifier, password)) === 200,
      // A cookie is found by its value too, whatever becomes of its name.
      issued: () => cookiesOf(proxy).flatMap((cookie) => [cookie, cookie.slice(cookie.indexOf('=') + 1)]),
      outside: {
        ...lackingOutside,
        ...describeOutside(address, (email) => mails.findLink(email, '/address/')),
      },
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
        await mails[Symbol.asyncDispose]();
      },
    };
  },
};

let count = 0;

async function makePerson({ admin }: GlewlwydWorld, scope: readonly string[]): Promise<Person> {
  count += 1;
  const { username: identifier, password, email, name } = await addPerson(admin, `Kim${String(count)} Example`, scope);
  return { identifier, password, email, firstName: name };
}

const signIn: SignIn = async (desk, { identifier, password }, again) => {
  const asked = { kind: 'glewlwyd', target: desk.target, identifier, password, again } as const;
  const result = await desk.app.calls.auth.signIn(asked);
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
};

/** The server begins a session of that name too, which ends at once. */
const signInInCapitals: SignIn = (desk, person) =>
  signIn(desk, { ...person, identifier: person.identifier.toUpperCase() });

const peopleSchema = z.tuple([z.looseObject({ name: z.string(), email: z.string() })]);
const sessionsSchema = z.array(
  z.looseObject({ session_hash: z.string(), user_agent: z.string(), enabled: z.boolean() }),
);
const ownAgent = 'another client';

async function connect(address: string, { identifier, password }: Person): Promise<OtherClient> {
  const client = openClient(address, { userAgent: ownAgent });
  await client.signIn(identifier, password);
  const { request } = client;
  const readPerson = async () => peopleSchema.parse((await request('GET', '/api/profile_list')).body)[0];
  const listSessions = async () =>
    sessionsSchema.parse((await request('GET', '/api/profile/session')).body).filter(({ enabled }) => enabled);
  return {
    ...lackingClient,
    isSignedIn: async () => (await request('GET', '/api/profile_list')).status === 200,
    readName: async () => (await readPerson()).name,
    async writeName(name) {
      await request('PUT', '/api/profile/', { name });
    },
    countSessions: async () => (await listSessions()).length,
    async endOthers() {
      const others = (await listSessions()).filter(({ user_agent }) => user_agent !== ownAgent);
      for (const { session_hash } of others)
        await request('DELETE', `/api/profile/session/${encodeURIComponent(session_hash)}`);
    },
    readEmail: async () => (await readPerson()).email,
    async countSecondSteps() {
      const scheme = { username: identifier, scheme_type: otp.scheme_type, scheme_name: otp.scheme_name };
      const { body } = await request('PUT', '/api/profile/scheme/register/', scheme);
      return z.looseObject({ type: z.string() }).parse(body).type === 'NONE' ? 0 : 1;
    },
  };
}

function describeOutside(
  address: string,
  findLink: (email: string) => Promise<string>,
): Pick<Outside, 'confirmEmail' | 'useRecoveryCode'> {
  return {
    async confirmEmail(email) {
      const token = (await findLink(email)).split('/').at(-1)!;
      await openClient(address).request('PUT', `/api/address/update-email/${token}`);
    },
    async useRecoveryCode({ identifier: username }, code) {
      const path = `/api/${recoveryPlugin}/reset-credentials-code`;
      return (await openClient(address).request('POST', path, { username, code })).status === 200;
    },
  };
}
