import { expect } from 'vitest';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { signInToGitea } from '../../../stand-ins/gitea/gitea-client.ts';
import { startGitea } from '../../../stand-ins/gitea/start-gitea.ts';
import type { Desk } from '../../desk.ts';
import { lackingOutside, type Person, type Service, type World } from '../../world.ts';
import { giteaExpectations } from './expectations.ts';
import { askWithPassword, connect, makeToken } from './gitea-client.ts';

/** A Gitea, however it runs. */
export interface GiteaInstance extends AsyncDisposable {
  readonly address: string;
  /** What it gave to browsers, where that can be known. */
  issued?(): readonly string[];
  addPerson(identifier: string, fullName: string): Promise<Pick<Person, 'password' | 'email'>>;
}

export const anyGitea: Omit<Service, 'name' | 'start'> = {
  kind: 'gitea',
  ways: ['token', 'browser'],
  expectations: giteaExpectations,
};

export const giteaStandIn: Service = {
  ...anyGitea,
  name: 'the stand-in of Gitea',
  start: async () => describeGitea(await startStandIn()),
};

async function startStandIn(): Promise<GiteaInstance> {
  const gitea = await startGitea();
  const proxy = await startListeningProxy(gitea.address);
  // Its own addresses are those that people use.
  gitea.state.address = proxy.address;
  return {
    address: proxy.address,
    issued: () => [...gitea.state.accessTokens.keys(), ...gitea.state.refreshTokens.keys()],
    async addPerson(identifier, fullName) {
      const { password, emails, settings } = gitea.addPerson(identifier, `${identifier} keeps this`);
      settings.full_name = fullName;
      return { password, email: emails[0]!.email };
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await gitea.close();
    },
  };
}

export function describeGitea(instance: GiteaInstance): World {
  const { address } = instance;
  const people = makePeople(instance);
  return {
    address,
    signIns: {
      'pasted token': async (desk, person, again) => paste(desk, await people.tokenOf(person), again),
      browser: async (desk, person) => visit(desk, person, await people.tokenOf(person)),
    },
    async signInWrongly(desk) {
      const wrong = await desk.refusal(paste(desk, '0'.repeat(40)));
      expect(wrong).toMatchObject({ code: 'unauthenticated', details: { reason: 'key-refused' } });
    },
    makePerson: () => people.add(['write:user']),
    makeRestrictedPerson: () => people.add(['read:user']),
    connect: (person) => connect(address, person),
    takesPassword: async ({ identifier }, password) =>
      (await askWithPassword(address, { identifier, password }, '/user')).status === 200,
    issued: () => [...people.issued, ...(instance.issued?.() ?? [])],
    outside: lackingOutside,
    [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose](),
  };
}

function makePeople({ address, addPerson }: GiteaInstance) {
  const scopes = new Map<string, readonly string[]>();
  const issued: string[] = [];
  // A real one keeps those of earlier runs.
  const run = Date.now().toString(36);
  return {
    issued,
    async add(scopesOfToken: readonly string[]): Promise<Person> {
      const identifier = `kim-${run}-${String(scopes.size + 1)}`;
      scopes.set(identifier, scopesOfToken);
      return { identifier, firstName: 'Kim', ...(await addPerson(identifier, 'Kim')) };
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
  return accountOf(await desk.app.calls.auth.signInWithToken({ kind: 'gitea', target: desk.target, token, again }));
}

/** The app adds itself there with the token, and the person says yes on the page. */
async function visit(desk: Desk, { identifier: login, password }: Person, token: string): Promise<string> {
  const { auth } = desk.app.calls;
  const service = { kind: 'gitea', target: desk.target } as const;
  const { clientId } = await auth.registerClient({ ...service, token });
  const { attempt } = await auth.beginBrowserSignIn({ ...service, clientId });
  const ending = auth.finishBrowserSignIn({ attempt });
  ending.catch(() => undefined);
  const browser = await signInToGitea(desk.target.address, { login, password });
  const { pathname, search } = desk.opened.at(-1)!;
  await browser.open(pathname + search);
  const granted = await browser.submit('/login/oauth/grant', { granted: 'true' });
  await fetch(granted.headers.get('location')!);
  return accountOf(await ending);
}

type SignInResult = Awaited<ReturnType<Desk['app']['calls']['auth']['signInWithToken']>>;

function accountOf(result: SignInResult): string {
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}
