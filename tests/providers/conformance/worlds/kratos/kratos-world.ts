import { expect } from 'vitest';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import {
  addPerson,
  hasCredential,
  linkIdentity,
  readTraits,
  type KratosServer,
} from '../../../kratos/kratos-server.ts';
import { clientWith, signInByCurl } from '../../../kratos/kratos-client.ts';
import type { Desk } from '../../desk.ts';
import {
  lackingClient,
  lackingOutside,
  wrongCredentials,
  type OtherClient,
  type Person,
  type Service,
  type SignIn,
  type World,
} from '../../world.ts';
import { startKratosStandIn } from '../../../stand-ins/kratos/start-kratos.ts';
import { kratosExpectations } from './expectations.ts';

/** Whatever it is that answers as Kratos does. */
export const anyKratos: Omit<Service, 'name' | 'start'> = {
  kind: 'kratos',
  ways: ['password'],
  expectations: kratosExpectations,
};

export const kratosStandIn: Service = {
  ...anyKratos,
  name: 'the stand-in of Ory Kratos',
  start: async () => describeKratos(await startKratosStandIn()),
};

/** Ends the server with it. */
export async function describeKratos(server: KratosServer & AsyncDisposable): Promise<World> {
  const proxy = await startListeningProxy(server.address);
  const { address } = proxy;
  const ids = new Map<string, string>();

  async function makePerson(): Promise<Person> {
    const firstName = `Kim${ids.size}`;
    const { id, email, password } = await addPerson(server, {
      name: { first: firstName },
      username: `kim${Date.now()}`,
    });
    ids.set(email, id);
    return { identifier: email, password, email, firstName };
  }

  const idOf = ({ identifier }: Person) => ids.get(identifier) ?? '';
  return {
    address,
    signIns: { password: signIn },
    async signInWrongly(desk, person) {
      const wrong = await desk.refusal(signIn(desk, { ...person, password: 'not this one' }));
      expect(wrong).toMatchObject(wrongCredentials);
    },
    makePerson,
    // It knows no permissions.
    makeRestrictedPerson: makePerson,
    connect: (person) => connect(server, address, person, idOf(person)),
    takesPassword: async ({ identifier }, password) =>
      (await signInByCurl(address, identifier, password)) !== undefined,
    issued: () => [...proxy.heard().matchAll(/"session_token":"([^"]+)"/g)].map(([, token = '']) => token),
    outside: {
      ...lackingOutside,
      link: (desk) => linkIdentity(server, idOf(desk.person)),
      async useRecoveryCode({ identifier, password }, code) {
        const client = await signInByCurl(address, identifier, password);
        const filled = { method: 'lookup_secret', lookup_secret: code };
        return (await client?.fill('login', filled, '?aal=aal2'))?.status === 200;
      },
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const signIn: SignIn = async (desk: Desk, { identifier, password }, again) => {
  const asked = { kind: 'kratos', target: desk.target, identifier, password, again } as const;
  const result = await desk.app.calls.auth.signIn(asked);
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
};

interface Traits {
  readonly email: string;
  readonly name: { readonly first: string };
}

async function connect(server: KratosServer, address: string, person: Person, id: string): Promise<OtherClient> {
  const client = (await signInByCurl(address, person.identifier, person.password)) ?? clientWith(address);
  const traits = async () => (await readTraits(server, id)) as unknown as Traits;
  return {
    ...lackingClient,
    isSignedIn: async () => (await client.ask('GET', '/sessions/whoami')).status === 200,
    readName: async () => (await traits()).name.first,
    async writeName(first) {
      const old = await traits();
      const { status } = await client.fill('settings', { method: 'profile', traits: { ...old, name: { first } } });
      expect(status).toBe(200);
    },
    // The one that asks is not in the list.
    countSessions: async () => ((await client.ask('GET', '/sessions')).body as unknown[]).length + 1,
    async endOthers() {
      await client.ask('DELETE', '/sessions');
    },
    readEmail: async () => (await traits()).email,
    countSecondSteps: async () => ((await hasCredential(server, id, 'totp')) ? 1 : 0),
    async countLinks() {
      const form = (await client.ask('GET', '/self-service/settings/api')).body as {
        readonly ui: { readonly nodes: readonly { readonly attributes: { readonly name?: string } }[] };
      };
      return form.ui.nodes.filter(({ attributes }) => attributes.name === 'unlink').length;
    },
  };
}
