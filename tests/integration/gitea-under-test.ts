import { onTestFinished } from 'vitest';
import type { Ports } from '../../electron/services/ports.ts';
import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { askGitea, basicOf, signInToGitea } from '../providers/stand-ins/gitea/gitea-client.ts';
import { startGitea, type GiteaStandIn } from '../providers/stand-ins/gitea/start-gitea.ts';
import type { GiteaOptions, GiteaPerson } from '../providers/stand-ins/gitea/state.ts';
import { startListeningProxy, type ListeningProxy } from '../support/listening-proxy.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

export interface GiteaUnderTest {
  readonly gitea: GiteaStandIn;
  /** Between the app and it. */
  readonly proxy: ListeningProxy;
  readonly target: { readonly kind: 'address'; readonly address: string };
  readonly ada: GiteaPerson;
  readonly bo: GiteaPerson;
  app: AppUnderTest;
  /** Where the app keeps its data. */
  readonly folder: string;
  readonly opened: URL[];
  /** The same data folder after a restart. */
  restart(): Promise<void>;
  /** A new token of Ada's. */
  makeToken(...scopes: string[]): string;
  signIn(token: string, again?: string): Promise<string>;
  /** A public client of the app, as Ada registers one. */
  clientId: string;
  /** On the page of Gitea, where somebody presses one of the buttons. Errors: those of finishing it. */
  signInByPage(wish?: {
    readonly granted?: boolean;
    readonly as?: GiteaPerson;
    readonly again?: string;
  }): Promise<string>;
  read(accountId: string): Promise<ProfileSnapshot>;
}

async function registerClient(gitea: GiteaStandIn, person: GiteaPerson): Promise<string> {
  const ask = askGitea(gitea.address, basicOf(person));
  const wish = { name: 'Profile Desk', confidential_client: false, redirect_uris: ['http://127.0.0.1/callback'] };
  const { body } = await ask('POST', '/user/applications/oauth2', wish);
  return (body as { client_id: string }).client_id;
}

/** Ends with the test. */
export async function openGitea(options: GiteaOptions = {}, ports: Partial<Ports> = {}): Promise<GiteaUnderTest> {
  const gitea = await startGitea(options);
  const proxy = await startListeningProxy(gitea.address);
  // Its own addresses are those that people use.
  gitea.state.address = proxy.address;
  const [ada, bo] = [gitea.addPerson('ada', 'password of ada'), gitea.addPerson('bo', 'password of bo')];
  const folder = makeTempFolder();
  const opened: URL[] = [];
  const browser = { open: async (address: URL) => opened.push(address) > 0 };
  const open = () => openApp(folder.path, { browser, ...ports });
  const target = { kind: 'address', address: proxy.address } as const;
  let made = 0;
  const at: GiteaUnderTest = {
    ...{ gitea, proxy, target, ada, bo, opened, folder: folder.path, app: await open() },
    async restart() {
      await at.app.close();
      at.app = await open();
    },
    makeToken: (...scopes) => gitea.addToken(ada, `token ${(made += 1)}`, scopes),
    async signIn(token, again) {
      const asked = { kind: 'gitea', target, token, ...(again !== undefined && { again }) } as const;
      const result = await at.app.calls.auth.signInWithToken(asked);
      if (result.next !== 'done') throw new Error('a code was asked for');
      return result.accountId;
    },
    clientId: await registerClient(gitea, ada),
    async signInByPage({ granted = true, as = ada, again } = {}) {
      const asked = { kind: 'gitea', target, clientId: at.clientId, ...(again !== undefined && { again }) } as const;
      const { attempt } = await at.app.calls.auth.beginBrowserSignIn(asked);
      const ending = at.app.calls.auth.finishBrowserSignIn({ attempt });
      ending.catch(() => undefined);
      const page = await signInToGitea(gitea.state.address, as);
      const { pathname, search } = opened.at(-1)!;
      await page.open(pathname + search);
      await fetch((await page.submit('/login/oauth/grant', { granted: String(granted) })).headers.get('location')!);
      const result = await ending;
      if (result.next !== 'done') throw new Error('a code was asked for');
      return result.accountId;
    },
    read: (accountId) => at.app.calls.profile.get({ accountId, from: 'provider' }),
  };
  onTestFinished(async () => {
    await at.app.close();
    await proxy[Symbol.asyncDispose]();
    await gitea.close();
    folder[Symbol.dispose]();
  });
  return at;
}
