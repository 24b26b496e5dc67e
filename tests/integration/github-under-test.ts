import { onTestFinished } from 'vitest';
import type { Ports } from '../../electron/services/ports.ts';
import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { startGithub, type GithubStandIn } from '../providers/stand-ins/github/start-github.ts';
import type { GithubOptions, GithubPerson } from '../providers/stand-ins/github/state.ts';
import { startListeningProxy, type ListeningProxy } from '../support/listening-proxy.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

export const everyScope = ['user', 'admin:public_key', 'admin:ssh_signing_key'];

export interface GithubUnderTest {
  readonly github: GithubStandIn;
  /** Between the app and it. */
  readonly proxy: ListeningProxy;
  readonly target: { readonly kind: 'address'; readonly address: string };
  readonly ada: GithubPerson;
  readonly bo: GithubPerson;
  app: AppUnderTest;
  /** Where the app keeps its data. */
  readonly folder: string;
  readonly opened: URL[];
  /** The same data folder after a restart. */
  restart(): Promise<void>;
  signIn(token: string, again?: string): Promise<string>;
  /** By a code that Ada, or whoever is given, types on the page; with these scopes. */
  signInByCode(clientId: string, again?: string, person?: GithubPerson): Promise<string>;
  read(accountId: string): Promise<ProfileSnapshot>;
}

/** Ends with the test. */
export async function openGithub(options: GithubOptions = {}, ports: Partial<Ports> = {}): Promise<GithubUnderTest> {
  const github = await startGithub({ interval: 1, ...options });
  const proxy = await startListeningProxy(github.address);
  // Its own addresses are those that people use.
  github.state.address = proxy.address;
  const [ada, bo] = [github.addPerson('ada'), github.addPerson('bo')];
  const folder = makeTempFolder();
  const opened: URL[] = [];
  const browser = { open: async (address: URL) => opened.push(address) > 0 };
  const open = () => openApp(folder.path, { browser, ...ports });
  const target = { kind: 'address', address: proxy.address } as const;
  const accountOf = (result: { readonly next: string; readonly accountId?: string }) => {
    if (result.accountId === undefined) throw new Error('a code was asked for');
    return result.accountId;
  };
  const at: GithubUnderTest = {
    ...{ github, proxy, target, ada, bo, opened, folder: folder.path, app: await open() },
    async restart() {
      await at.app.close();
      at.app = await open();
    },
    async signIn(token, again) {
      const asked = { kind: 'github', target, token, ...(again !== undefined && { again }) } as const;
      return accountOf(await at.app.calls.auth.signInWithToken(asked));
    },
    async signInByCode(clientId, again, person = ada) {
      const { auth } = at.app.calls;
      const asked = { kind: 'github', target, clientId, ...(again !== undefined && { again }) } as const;
      const { attempt, userCode } = await auth.beginDeviceSignIn(asked);
      github.typeCode(userCode, person);
      return accountOf(await auth.finishDeviceSignIn({ attempt }));
    },
    read: (accountId) => at.app.calls.profile.get({ accountId, from: 'provider' }),
  };
  onTestFinished(async () => {
    await at.app.close();
    await proxy[Symbol.asyncDispose]();
    await github.close();
    folder[Symbol.dispose]();
  });
  return at;
}
