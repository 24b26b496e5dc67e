import { expect } from 'vitest';
import * as z from 'zod';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { makeApiKey, startWacm, type WacmStandIn, type WacmUser } from '../../../stand-ins/wacm/start-wacm.ts';
import { askByCurl } from '../../ask-by-curl.ts';
import type { Desk } from '../../desk.ts';
import { lackingClient, lackingOutside, type OtherClient, type Person, type Service, type World } from '../../world.ts';
import { wacmExpectations } from './expectations.ts';

export const wacmStandIn: Service = {
  name: 'the stand-in of WACM Connect',
  kind: 'wacm',
  ways: ['token'],
  expectations: wacmExpectations,
  hasNoSessions: true,
  async start(): Promise<World> {
    const service = await startWacm();
    const proxy = await startListeningProxy(service.address);
    const userOf = ({ identifier }: Person) => service.users.find(({ username }) => username === identifier)!;
    const issued: string[] = [];
    const makePerson = async () => addPerson(service, issued);
    return {
      address: proxy.address,
      signIns: { 'API key': (desk, person, again) => paste(desk, person.identifier, userOf(person).apiKey, again) },
      async signInWrongly(desk, { identifier }) {
        const wrong = await desk.refusal(paste(desk, identifier, makeApiKey()));
        expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
      },
      makePerson,
      makeRestrictedPerson: makePerson,
      connect: async (person) => connect(proxy.address, userOf(person)),
      takesPassword: async (person, password) => userOf(person).password === password,
      issued: () => issued,
      outside: lackingOutside,
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await service.close();
      },
    };
  },
};

/** The name that is shown is that of the account. */
function addPerson({ users, addUser }: WacmStandIn, issued: string[]): Person {
  const username = `ada-${String(users.length + 1)}`;
  const { password, apiKey, accounts } = addUser(username, `${username} keeps this`, `Account of ${username}`);
  issued.push(apiKey, Buffer.from(`${username}:${apiKey}`).toString('base64'));
  return { identifier: username, password, email: accounts[0]!.contactEmail, firstName: accounts[0]!.name };
}

async function paste(desk: Desk, name: string, token: string, again?: string): Promise<string> {
  const asked = { kind: 'wacm', target: desk.target, name, token, again } as const;
  const result = await desk.app.calls.auth.signInWithToken(asked);
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

const accountsSchema = z.looseObject({
  data: z.looseObject({ items: z.array(z.looseObject({ name: z.string() })).length(1) }),
});

/** Another program with the same key; names and the key are changed on the person's page. */
function connect(address: string, user: WacmUser): OtherClient {
  let key = user.apiKey;
  const ask = () => {
    const basic = Buffer.from(`${user.username}:${key}`).toString('base64');
    return askByCurl(`${address}/api/v1/control-accounts`, { headers: [`Authorization: Basic ${basic}`] });
  };
  return {
    ...lackingClient,
    isSignedIn: async () => (await ask()).status === 200,
    readName: async () => accountsSchema.parse((await ask()).body).data.items[0]!.name,
    async writeName(name) {
      user.accounts[0]!.name = name;
    },
    countSessions: () => Promise.reject(new Error('it has none')),
    async endOthers() {
      user.apiKey = makeApiKey();
      key = user.apiKey;
    },
  };
}
