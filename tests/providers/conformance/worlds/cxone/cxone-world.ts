import { expect } from 'vitest';
import * as z from 'zod';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import {
  startCxone,
  type CxoneKey,
  type CxonePerson,
  type CxoneStandIn,
} from '../../../stand-ins/cxone/start-cxone.ts';
import { askByCurl } from '../../ask-by-curl.ts';
import type { Desk } from '../../desk.ts';
import { lackingClient, lackingOutside, type OtherClient, type Person, type Service, type World } from '../../world.ts';
import { cxoneExpectations } from './expectations.ts';

export const cxoneStandIn: Service = {
  name: 'the stand-in of CXone',
  kind: 'cxone',
  ways: ['token'],
  expectations: cxoneExpectations,
  hasNoSessions: true,
  async start(): Promise<World> {
    const service = await startCxone();
    const proxy = await startListeningProxy(service.address);
    const { address } = proxy;
    const personOf = ({ email }: Person) => service.people.find((each) => each.email === email)!;
    return {
      address,
      signIns: { 'access key': (desk, person, again) => paste(desk, personOf(person).keys[0]!, again) },
      async signInWrongly(desk, person) {
        const wrong = await desk.refusal(paste(desk, { id: personOf(person).keys[0]!.id, secret: 'WRONG====' }));
        expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
      },
      makePerson: async () => addPerson(service),
      async makeRestrictedPerson() {
        const person = addPerson(service);
        Object.assign(personOf(person), { canSeeUsers: false, canCreateKeys: false });
        return person;
      },
      connect: (person) => connect(address, service, personOf(person)),
      takesPassword: async (person, password) => personOf(person).password === password,
      issued: () => service.issued,
      outside: { ...lackingOutside, takesAccessKey: async (id, secret) => (await trade(address, id, secret)) !== '' },
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await service.close();
      },
    };
  },
};

function addPerson(service: CxoneStandIn): Person {
  const email = `ada-${String(service.people.length + 1)}@example.org`;
  const person = service.addPerson(email, `${email} keeps this`);
  service.addKey(person);
  return { identifier: email, password: person.password, email, firstName: person.firstName };
}

async function paste(desk: Desk, { id, secret }: Pick<CxoneKey, 'id' | 'secret'>, again?: string): Promise<string> {
  const asked = { kind: 'cxone', target: desk.target, name: id, token: secret, again } as const;
  const result = await desk.app.calls.auth.signInWithToken(asked);
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

const tokenSchema = z.looseObject({ access_token: z.string() });
const userSchema = z.looseObject({ user: z.looseObject({ firstName: z.string() }) });

/** Empty where the key is refused. */
async function trade(address: string, accessKeyId: string, accessKeySecret: string): Promise<string> {
  const json = { accessKeyId, accessKeySecret };
  const { body } = await askByCurl(`${address}/authentication/v1/token/access-key`, { method: 'POST', json });
  return tokenSchema.safeParse(body).data?.access_token ?? '';
}

/** Another program with an access key of its own; names are changed on the person's page. */
async function connect(address: string, service: CxoneStandIn, person: CxonePerson): Promise<OtherClient> {
  const { id, secret } = service.addKey(person);
  const headers = [`Authorization: Bearer ${await trade(address, id, secret)}`];
  const readUser = () => askByCurl(`${address}/user-management/v3/users/${person.id}`, { headers });
  return {
    ...lackingClient,
    isSignedIn: async () => (await readUser()).status === 200,
    readName: async () => userSchema.parse((await readUser()).body).user.firstName,
    async writeName(firstName) {
      person.firstName = firstName;
    },
    countSessions: () => Promise.reject(new Error('it has none')),
    async endOthers() {
      for (const key of person.keys.filter((each) => each.id !== id)) {
        const url = `${address}/access-key-management/v1/access-keys/${encodeURIComponent(key.id)}`;
        await askByCurl(url, { method: 'DELETE', headers });
      }
    },
  };
}
