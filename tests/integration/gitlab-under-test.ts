import { onTestFinished } from 'vitest';
import type { Ports } from '../../electron/services/ports.ts';
import type { SignInResult } from '../../shared/contract/account/auth.ts';
import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';
import { startGitlab, type GitlabStandIn } from '../providers/stand-ins/gitlab/start-gitlab.ts';
import type { GitlabOptions, GitlabPerson } from '../providers/stand-ins/gitlab/state.ts';
import { signInToGitlab } from '../providers/stand-ins/gitlab/gitlab-client.ts';
import { startListeningProxy, type ListeningProxy } from '../support/listening-proxy.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

export interface GitlabUnderTest {
  readonly gitlab: GitlabStandIn;
  /** Between the app and it. */
  readonly proxy: ListeningProxy;
  readonly target: { readonly kind: 'address'; readonly address: string };
  readonly ada: GitlabPerson;
  readonly bo: GitlabPerson;
  app: AppUnderTest;
  /** Where the app keeps its data. */
  readonly folder: string;
  readonly opened: URL[];
  /** The same data folder after a restart. */
  restart(): Promise<void>;
  /** A new token of Ada's. */
  makeToken(...scopes: string[]): string;
  signIn(token: string, again?: string): Promise<string>;
  /** On the page of GitLab, where Ada presses one of the buttons. Errors: those of finishing it. */
  signInByPage(decision?: 'authorize' | 'deny', again?: string): Promise<string>;
  /** By a code that Ada types there. */
  signInByCode(): Promise<string>;
  read(accountId: string): Promise<ProfileSnapshot>;
}

/** Ends with the test. */
export async function openGitlab(options: GitlabOptions = {}, ports: Partial<Ports> = {}): Promise<GitlabUnderTest> {
  const gitlab = await startGitlab(options);
  const proxy = await startListeningProxy(new URL(gitlab.address).origin);
  const address = proxy.address + (options.root ?? '');
  // Its own addresses are those that people use.
  gitlab.state.address = address;
  const [ada, bo] = [gitlab.addPerson('ada', 'password of ada'), gitlab.addPerson('bo', 'password of bo')];
  const folder = makeTempFolder();
  const opened: URL[] = [];
  const browser = { open: async (page: URL) => opened.push(page) > 0 };
  const open = () => openApp(folder.path, { browser, ...ports });
  const target = { kind: 'address', address } as const;
  let made = 0;
  const { clientId } = gitlab.addApplication({});
  const at: GitlabUnderTest = {
    ...{ gitlab, proxy, target, ada, bo, opened, folder: folder.path, app: await open() },
    async restart() {
      await at.app.close();
      at.app = await open();
    },
    makeToken: (...scopes) => gitlab.addToken(ada, `token ${(made += 1)}`, scopes),
    async signIn(token, again) {
      const asked = { kind: 'gitlab', target, token, ...(again !== undefined && { again }) } as const;
      return accountOf(await at.app.calls.auth.signInWithToken(asked));
    },
    async signInByPage(decision = 'authorize', again = undefined) {
      const asked = { kind: 'gitlab', target, clientId, ...(again !== undefined && { again }) } as const;
      const { attempt } = await at.app.calls.auth.beginBrowserSignIn(asked);
      const ending = at.app.calls.auth.finishBrowserSignIn({ attempt });
      ending.catch(() => undefined);
      const page = await signInToGitlab(gitlab.state.address, ada);
      const { pathname, search } = opened.at(-1)!;
      await page.open(pathname + search);
      await fetch((await page.submit(pathname, { decision })).headers.get('location')!);
      return accountOf(await ending);
    },
    async signInByCode() {
      const begun = await at.app.calls.auth.beginDeviceSignIn({ kind: 'gitlab', target, clientId });
      const page = await signInToGitlab(gitlab.state.address, ada);
      await page.submit('oauth/device', { user_code: begun.userCode, decision: 'authorize' });
      return accountOf(await at.app.calls.auth.finishDeviceSignIn({ attempt: begun.attempt }));
    },
    read: (accountId) => at.app.calls.profile.get({ accountId, from: 'provider' }),
  };
  onTestFinished(async () => {
    await at.app.close();
    await proxy[Symbol.asyncDispose]();
    await gitlab.close();
    folder[Symbol.dispose]();
  });
  return at;
}

function accountOf(result: SignInResult): string {
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}
