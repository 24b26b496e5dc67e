import { onTestFinished } from 'vitest';
import type { Ports } from '../../electron/services/ports.ts';
import type { Operation } from '../../shared/contract/account/operations.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { ada } from '../providers/keycloak/people.ts';
import { hasForm, PageVisitor, type Page } from '../providers/keycloak/page-visitor.ts';
import { deskClient } from '../providers/keycloak/realm.ts';
import { startKeycloakStandIn, type KeycloakStandIn } from '../providers/stand-ins/keycloak/start-stand-in.ts';
import { noKeys, openApp, type AppUnderTest } from './services-under-test.ts';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The app, and the browser that it opens a Keycloak's pages in. */
export interface AppAtKeycloak {
  readonly target: { readonly kind: 'address'; readonly address: string };
  app: AppUnderTest;
  /** What the app asked the system to open. */
  readonly opened: URL[];
  visitor: PageVisitor;
  /** Where the app keeps its data. */
  readonly folder: string;
  /** The same data folder after a restart. */
  restart(): Promise<void>;
  beginSignIn(again?: string): Promise<string>;
  /** The page that was opened last, past the sign-in where it asks for one. */
  visit(person?: Credentials): Promise<Page>;
  /** The person's account here. */
  signIn(person?: Credentials): Promise<string>;
  /** The same in a browser where nobody is signed in yet. */
  signInAfresh(person: Credentials): Promise<string>;
  /** Begins, lets the person do `act` on the page, and gives how it ended. */
  handOff(asked: HandOffAsked, act: (page: Page) => Promise<Page>, person?: Credentials): Promise<string>;
}

interface HandOffAsked {
  readonly accountId: string;
  readonly operation: Operation;
  readonly of?: string | undefined;
}

export type KeycloakUnderTest = AppAtKeycloak & { readonly keycloak: KeycloakStandIn };

/** At the stand-in. Ends with the test. */
export async function openKeycloak(ports: Partial<Ports> = {}): Promise<KeycloakUnderTest> {
  const keycloak = await startKeycloakStandIn();
  // Later ones run first: the app is closed by then.
  onTestFinished(() => keycloak[Symbol.asyncDispose]());
  return Object.assign(await openAppAt(keycloak, ports), { keycloak });
}

/** At any Keycloak, the real one too. Ends with the test. */
export async function openAppAt(
  { base, issuer }: Pick<KeycloakStandIn, 'base' | 'issuer'>,
  ports: Partial<Ports> = {},
): Promise<AppAtKeycloak> {
  const folder = makeTempFolder();
  const opened: URL[] = [];
  const browser = { open: async (address: URL) => opened.push(address) > 0 };
  const open = () => openApp(folder.path, { browser, ssh: noKeys, ...ports });
  const target = { kind: 'address', address: issuer } as const;
  const at: AppAtKeycloak = {
    ...{ folder: folder.path, target, opened, app: await open(), visitor: new PageVisitor(base) },
    async restart() {
      await at.app.close();
      at.app = await open();
    },
    async beginSignIn(again) {
      const asked = { kind: 'keycloak', target, clientId: deskClient, ...(again !== undefined && { again }) } as const;
      return (await at.app.calls.auth.beginBrowserSignIn(asked)).attempt;
    },
    async visit({ username, password } = ada) {
      const page = await at.visitor.open(opened.at(-1)!);
      const asksWho = hasForm(page, 'kc-form-login');
      return asksWho ? at.visitor.submit(page, { username, password }, 'kc-form-login') : page;
    },
    async signIn(person) {
      const attempt = await at.beginSignIn();
      const ending = at.app.calls.auth.finishBrowserSignIn({ attempt });
      ending.catch(() => undefined);
      await fetch((await at.visit(person)).address);
      const result = await ending;
      if (result.next !== 'done') throw new Error('a code was asked for');
      return result.accountId;
    },
    signInAfresh(person) {
      at.visitor = new PageVisitor(base);
      return at.signIn(person);
    },
    async handOff({ accountId, operation, of }, act, person) {
      const asked = { accountId, operation, ...(of !== undefined && { of }) };
      const { attempt } = await at.app.calls.handOff.begin(asked);
      const ending = at.app.calls.handOff.finish({ attempt });
      ending.catch(() => undefined);
      const page = await act(await at.visit(person));
      if (page.status === 0) await fetch(page.address);
      return (await ending).outcome;
    },
  };
  onTestFinished(async () => {
    await at.app.close();
    folder[Symbol.dispose]();
  });
  return at;
}
