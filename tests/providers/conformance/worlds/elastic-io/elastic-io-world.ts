import { expect } from 'vitest';
import * as z from 'zod';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { startElasticIo, type ElasticIoStandIn } from '../../../stand-ins/elastic-io/start-elastic-io.ts';
import { makeApiKey, type ElasticIoPerson } from '../../../stand-ins/elastic-io/state.ts';
import { askByCurl, type CurlRequest } from '../../ask-by-curl.ts';
import type { Desk } from '../../desk.ts';
import { lackingClient, lackingOutside, type OtherClient, type Person, type Service, type World } from '../../world.ts';
import { elasticIoExpectations } from './expectations.ts';

export const elasticIoStandIn: Service = {
  name: 'the stand-in of elastic.io',
  kind: 'elastic-io',
  ways: ['token'],
  expectations: elasticIoExpectations,
  hasNoSessions: true,
  async start(): Promise<World> {
    const service = await startElasticIo();
    const proxy = await startListeningProxy(service.address);
    const personOf = ({ email }: Person) => service.people.find((each) => each.email === email)!;
    const issued: string[] = [];
    const makePerson = async () => addPerson(service, issued);
    return {
      address: proxy.address,
      signIns: { 'API key': (desk, person, again) => paste(desk, person.email, personOf(person).apiKey, again) },
      async signInWrongly(desk, { email }) {
        const wrong = await desk.refusal(paste(desk, email, makeApiKey()));
        expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
      },
      makePerson,
      makeRestrictedPerson: makePerson,
      connect: async (person) => connect(proxy.address, personOf(person)),
      takesPassword: async (person, password) => personOf(person).password === password,
      issued: () => issued,
      outside: lackingOutside,
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await service.close();
      },
    };
  },
};

function addPerson({ people, addPerson: add }: ElasticIoStandIn, issued: string[]): Person {
  const email = `ada-${String(people.length + 1)}@example.org`;
  const { password, apiKey, firstName } = add(email, `${email} keeps this`);
  issued.push(apiKey, Buffer.from(`${email}:${apiKey}`).toString('base64'));
  return { identifier: email, password, email, firstName };
}

async function paste(desk: Desk, name: string, token: string, again?: string): Promise<string> {
  const asked = { kind: 'elastic-io', target: desk.target, name, token, again } as const;
  const result = await desk.app.calls.auth.signInWithToken(asked);
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

const personSchema = z.looseObject({ data: z.looseObject({ attributes: z.looseObject({ first_name: z.string() }) }) });
const keysSchema = z.looseObject({
  data: z.array(z.looseObject({ attributes: z.looseObject({ key: z.string() }) })),
});

/** Another program with the same key; names and the key are changed on the person's page. */
function connect(address: string, person: ElasticIoPerson): OtherClient {
  let key = person.apiKey;
  const ask = (path: string, request: CurlRequest = {}) => {
    const basic = Buffer.from(`${person.email}:${key}`).toString('base64');
    return askByCurl(`${address}/v2${path}`, { ...request, headers: [`Authorization: Basic ${basic}`] });
  };
  return {
    ...lackingClient,
    isSignedIn: async () => (await ask('/users/me')).status === 200,
    readName: async () => personSchema.parse((await ask('/users/me')).body).data.attributes.first_name,
    async writeName(firstName) {
      person.firstName = firstName;
    },
    countSessions: () => Promise.reject(new Error('it has none')),
    async endOthers() {
      await ask('/users/me/generate-api-key', { method: 'POST' });
      key = person.apiKey;
    },
    async listSshKeys() {
      const { data } = keysSchema.parse((await ask('/sshkeys')).body);
      return data.map(({ attributes }) => attributes.key.split(' ').slice(0, 2).join(' '));
    },
    async addSshKey(line) {
      const json = { data: { type: 'sshkey', attributes: { key: line, title: 'elsewhere' } } };
      await ask('/sshkeys', { method: 'POST', json });
    },
  };
}
