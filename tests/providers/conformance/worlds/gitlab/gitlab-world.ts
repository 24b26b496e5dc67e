import { expect } from 'vitest';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { startGitlab, type GitlabStandIn } from '../../../stand-ins/gitlab/start-gitlab.ts';
import { askByCurl } from '../../ask-by-curl.ts';
import type { Desk } from '../../desk.ts';
import { lackingOutside, type Person, type Service, type World } from '../../world.ts';
import { gitlabExpectations } from './expectations.ts';
import { connect } from './gitlab-client.ts';
import { typeCode, visit } from './gitlab-ways.ts';

export const gitlabStandIn: Service = {
  name: 'the stand-in of GitLab',
  kind: 'gitlab',
  ways: ['browser', 'device', 'token'],
  expectations: gitlabExpectations,
  async start(): Promise<World> {
    const gitlab = await startGitlab({ deviceInterval: 1 });
    const proxy = await startListeningProxy(gitlab.address);
    const { address } = proxy;
    // Its own addresses are those that people use.
    gitlab.state.address = address;
    const people = makePeople(gitlab);
    return {
      address,
      signIns: {
        'pasted token': async (desk, person, again) => paste(desk, people.tokenOf(person), again),
        'a page': async (desk, person) => visit(desk, person, people.clientId),
        'a code': async (desk, person) => typeCode(desk, person, people.clientId),
      },
      async signInWrongly(desk) {
        const wrong = await desk.refusal(paste(desk, 'glpat-00000000000000000000'));
        expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
      },
      makePerson: async () => people.add(['api']),
      makeRestrictedPerson: async () => people.add(['read_user']),
      connect: (person) => connect(gitlab, address, people.find(person)),
      // Nothing but its pages takes one.
      takesPassword: async (person, password) => people.find(person).password === password,
      issued: () => [...people.issued, ...gitlab.state.grants.flatMap(({ access, refresh }) => [access, refresh])],
      outside: {
        ...lackingOutside,
        takesAccessKey: async (_id, secret) =>
          (await askByCurl(`${address}/api/v4/user`, { headers: [`PRIVATE-TOKEN: ${secret}`] })).status === 200,
      },
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await gitlab.close();
      },
    };
  },
};

function makePeople({ state, addPerson, addToken, addApplication }: GitlabStandIn) {
  const scopes = new Map<string, readonly string[]>();
  const issued: string[] = [];
  const find = ({ identifier }: Pick<Person, 'identifier'>) =>
    state.people.find(({ username }) => username === identifier)!;
  return {
    ...{ issued, find, clientId: addApplication({}).clientId },
    add(scopesOfToken: readonly string[]): Person {
      const identifier = `kim-${String(scopes.size + 1)}`;
      scopes.set(identifier, scopesOfToken);
      const person = addPerson(identifier, `${identifier} keeps this`);
      person.name = 'Kim';
      return { identifier, password: person.password, email: person.email, firstName: 'Kim' };
    },
    /** A new one, as the person makes it on a page there. */
    tokenOf(person: Person): string {
      const token = addToken(find(person), 'Profile Desk', scopes.get(person.identifier)!);
      issued.push(token);
      return token;
    },
  };
}

async function paste(desk: Desk, token: string, again?: string): Promise<string> {
  const result = await desk.app.calls.auth.signInWithToken({ kind: 'gitlab', target: desk.target, token, again });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}
