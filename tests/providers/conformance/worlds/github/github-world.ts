import { expect } from 'vitest';
import * as z from 'zod';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { startGithub, type GithubStandIn } from '../../../stand-ins/github/start-github.ts';
import type { GithubPerson } from '../../../stand-ins/github/state.ts';
import { askByCurl, type CurlRequest } from '../../ask-by-curl.ts';
import type { Desk } from '../../desk.ts';
import { lackingClient, lackingOutside, type OtherClient, type Person, type Service, type World } from '../../world.ts';
import { githubExpectations } from './expectations.ts';

const everything = ['user', 'admin:public_key', 'admin:ssh_signing_key'];

export const githubStandIn: Service = {
  name: 'the stand-in of GitHub',
  kind: 'github',
  ways: ['device', 'token'],
  expectations: githubExpectations,
  async start(): Promise<World> {
    const github = await startGithub({ interval: 1 });
    const proxy = await startListeningProxy(github.address);
    const { address } = proxy;
    // Its own addresses are those that people use.
    github.state.address = address;
    const { clientId } = github.addApp();
    const people = makePeople(github);
    return {
      address,
      signIns: {
        'pasted token': async (desk, person, again) => paste(desk, people.tokenOf(person), again),
        'code typed on its page': (desk, person, again) => byCode(desk, { github, people, clientId }, person, again),
      },
      async signInWrongly(desk) {
        const wrong = await desk.refusal(paste(desk, `ghp_${'0'.repeat(36)}`));
        expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
      },
      makePerson: async () => people.add(everything),
      makeRestrictedPerson: async () => people.add(['read:user']),
      connect: async (person) => connect(github, address, people.find(person)),
      // Its API takes none, and here is no page to sign in on.
      takesPassword: () => Promise.reject(new Error('no password is taken here')),
      issued: () => github.state.tokens.map(({ value }) => value),
      outside: lackingOutside,
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await github.close();
      },
    };
  },
};

type People = ReturnType<typeof makePeople>;

function makePeople(github: GithubStandIn) {
  const scopes = new Map<string, readonly string[]>();
  const find = ({ identifier }: Pick<Person, 'identifier'>) => {
    const found = github.state.people.find(({ login }) => login === identifier);
    if (!found) throw new Error(`there is no ${identifier}`);
    return found;
  };
  return {
    find,
    scopesOf: ({ identifier }: Pick<Person, 'identifier'>) => scopes.get(identifier) ?? [],
    add(scopesOfToken: readonly string[]): Person {
      const identifier = `kim-${String(scopes.size + 1)}`;
      scopes.set(identifier, scopesOfToken);
      const { emails, profile } = github.addPerson(identifier);
      profile.name = 'Kim';
      return { identifier, password: `${identifier} keeps this`, email: emails[0]!.email, firstName: 'Kim' };
    },
    /** A new one, as the person makes it on a page there. */
    tokenOf: (person: Person) => github.addToken(find(person), scopes.get(person.identifier)!),
  };
}

async function paste(desk: Desk, token: string, again?: string): Promise<string> {
  const result = await desk.app.calls.auth.signInWithToken({ kind: 'github', target: desk.target, token, again });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

interface Given {
  readonly github: GithubStandIn;
  readonly people: People;
  readonly clientId: string;
}

async function byCode(
  desk: Desk,
  { github, people, clientId }: Given,
  person: Person,
  again?: string,
): Promise<string> {
  const { auth } = desk.app.calls;
  const { attempt, userCode } = await auth.beginDeviceSignIn({ kind: 'github', target: desk.target, clientId, again });
  for (const { deviceCode } of github.state.codes) desk.secrets.add(deviceCode);
  github.typeCode(userCode, people.find(person), people.scopesOf(person));
  const result = await auth.finishDeviceSignIn({ attempt });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}

const personSchema = z.looseObject({ name: z.string().nullable() });
const emailsSchema = z.array(z.looseObject({ email: z.string() }));
const keysSchema = z.array(z.looseObject({ key: z.string() }));

/** A token is what a session is elsewhere; which there are, its pages alone tell. */
function connect(github: GithubStandIn, address: string, person: GithubPerson): OtherClient {
  const token = github.addToken(person, everything);
  const ask = (path: string, request: CurlRequest = {}) =>
    askByCurl(`${address}/api/v3${path}`, { ...request, headers: [`Authorization: Bearer ${token}`] });
  const { state } = github;
  return {
    ...lackingClient,
    isSignedIn: async () => (await ask('/user')).status === 200,
    readName: async () => personSchema.parse((await ask('/user')).body).name ?? '',
    async writeName(name) {
      await ask('/user', { method: 'PATCH', json: { name } });
    },
    countSessions: async () => state.tokens.filter(({ owner }) => owner === person).length,
    async endOthers() {
      state.tokens = state.tokens.filter(({ owner, value }) => owner !== person || value === token);
    },
    listEmails: async () => emailsSchema.parse((await ask('/user/emails')).body).map(({ email }) => email),
    async addEmail(email) {
      await ask('/user/emails', { method: 'POST', json: { emails: [email] } });
    },
    async listSshKeys() {
      return keysSchema.parse((await ask('/user/keys')).body).map(({ key }) => key);
    },
    async addSshKey(key) {
      await ask('/user/keys', { method: 'POST', json: { title: 'elsewhere', key } });
    },
  };
}
