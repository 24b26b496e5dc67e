import { expect } from 'vitest';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { startGitea } from '../../../stand-ins/gitea/start-gitea.ts';
import type { Desk } from '../../desk.ts';
import { lackingOutside, type Person, type Service, type World } from '../../world.ts';
import { giteaExpectations } from './expectations.ts';
import { askWithPassword, connect, makeToken } from './gitea-client.ts';

export const giteaStandIn: Service = {
  name: 'the stand-in of Gitea',
  kind: 'gitea',
  ways: ['token'],
  expectations: giteaExpectations,
  async start(): Promise<World> {
    const gitea = await startGitea();
    const proxy = await startListeningProxy(gitea.address);
    const { address } = proxy;
    // Its own addresses are those that people use.
    gitea.state.address = address;
    const people = makePeople(gitea, address);
    return {
      address,
      signIns: { 'pasted token': async (desk, person, again) => paste(desk, await people.tokenOf(person), again) },
      async signInWrongly(desk) {
        const wrong = await desk.refusal(paste(desk, '0'.repeat(40)));
        expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
      },
      makePerson: () => people.add(['write:user']),
      makeRestrictedPerson: () => people.add(['read:user']),
      connect: (person) => connect(address, person),
      takesPassword: async ({ identifier }, password) =>
        (await askWithPassword(address, { identifier, password }, '/user')).status === 200,
      issued: () => people.issued,
      outside: lackingOutside,
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await gitea.close();
      },
    };
  },
};

function makePeople({ addPerson }: Awaited<ReturnType<typeof startGitea>>, address: string) {
  const scopes = new Map<string, readonly string[]>();
  const issued: string[] = [];
  return {
    issued,
    async add(scopesOfToken: readonly string[]): Promise<Person> {
      const identifier = `kim-${String(scopes.size + 1)}`;
      scopes.set(identifier, scopesOfToken);
      const { password, emails, settings } = addPerson(identifier, `${identifier} keeps this`);
      settings.full_name = 'Kim';
      return { identifier, password, email: emails[0]!.email, firstName: 'Kim' };
    },
    /** A new one, as the person makes it on a page there. */
    async tokenOf(person: Person): Promise<string> {
      const token = await makeToken(address, person, scopes.get(person.identifier)!);
      issued.push(token);
      return token;
    },
  };
}

async function paste(desk: Desk, token: string, again?: string): Promise<string> {
  const result = await desk.app.calls.auth.signInWithToken({ kind: 'gitea', target: desk.target, token, again });
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}
