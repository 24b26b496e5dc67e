import { ordinaryRoles, otto, type Person } from '../people.ts';
import type { Notes } from '../notes.ts';
import { PageVisitor, type Page } from '../page-visitor.ts';
import { authorize, takeTokens, type Tokens } from '../sign-in.ts';

/** A Keycloak with the realm of these tests, real or played. */
export interface KeycloakWorld {
  /** Its address, without a path. */
  readonly base: string;
  readonly issuer: string;
  addPerson(person: Person): Promise<void>;
  /** Opens the link of the mail that waits for a new address to be confirmed. */
  confirmEmail(person: Person, newAddress: string): Promise<void>;
  /** Adds texts to those of the realm's pages, key → text, as its administrator does. */
  addTexts(texts: Readonly<Record<string, string>>): Promise<void>;
  /** As its administrator does. */
  change(switches: Partial<RealmSwitches>): Promise<void>;
}

export interface RealmSwitches {
  readonly rotatesRefreshTokens: boolean;
  readonly updatesEmailByAction: boolean;
  readonly editsUsername: boolean;
  readonly verifiesEmail: boolean;
  readonly hasLightweightTokens: boolean;
}

/** Switches on or off what one part of the conversation is about, and back. */
export async function withSwitches(
  world: KeycloakWorld,
  switches: Partial<RealmSwitches>,
  act: () => Promise<void>,
): Promise<void> {
  await world.change(switches);
  try {
    await act();
  } finally {
    await world.change(ordinarySwitches);
  }
}

const ordinarySwitches: RealmSwitches = {
  rotatesRefreshTokens: false,
  updatesEmailByAction: true,
  editsUsername: false,
  verifiesEmail: false,
  hasLightweightTokens: false,
};

/** Ages are whole seconds: within the second of a sign-in nobody is asked again for being too old. */
export function nextSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_100));
}

let number = 0;

/** A person of one test's own. */
export async function makePerson(
  world: KeycloakWorld,
  accountRoles: readonly string[] = ordinaryRoles,
): Promise<Person> {
  number += 1;
  const username = `pat${String(Date.now() % 1_000_000)}-${String(number)}`;
  const person = { ...otto, username, email: `${username}@staff.example`, accountRoles };
  await world.addPerson(person);
  return person;
}

/** A person with a browser and a program that is signed in. */
export class Client {
  readonly world: KeycloakWorld;
  readonly notes: Notes;
  readonly visitor: PageVisitor;
  readonly person: Person;
  tokens: Tokens;

  private constructor(world: KeycloakWorld, notes: Notes, visitor: PageVisitor, person: Person, tokens: Tokens) {
    [this.world, this.notes, this.visitor] = [world, notes, visitor];
    [this.person, this.tokens] = [person, tokens];
  }

  static async signIn(
    world: KeycloakWorld,
    notes: Notes,
    person: Person,
    visitor = new PageVisitor(world.base),
  ): Promise<Client> {
    return new Client(world, notes, visitor, person, await takeTokens(world.issuer, visitor, person));
  }

  /** Asks the account API, and notes its answer under `name`. */
  ask(name: string, status: number, path: string, init: RequestInit = {}): Promise<unknown> {
    return this.notes.answer(name, status, this.fetch(path, init));
  }

  send(
    name: string,
    status: number,
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<unknown> {
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.ask(name, status, path, { method, ...(body !== undefined && json) });
  }

  fetch(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const authorization = `Bearer ${this.tokens.access_token}`;
    return fetch(`${this.world.issuer}/account${path}`, {
      ...init,
      headers: { accept: 'application/json', authorization, ...headers },
    });
  }

  /** As the sign-in form takes them. */
  get credentials(): { readonly username: string; readonly password: string } {
    const { username, password } = this.person;
    return { username, password };
  }

  /** Opens an authorization address with `kc_action`. */
  begin(action: string, extra: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.visitor.open(authorize(this.world.issuer, { kc_action: action, ...extra }).address);
  }

  /** Opens it, and notes where the browser stopped. */
  async act(name: string, action: string): Promise<Page> {
    return this.notes.page(name, await this.begin(action));
  }

  /** Sends the form of a page, and notes where the browser stopped. */
  async fill(name: string, page: Page, typed: Readonly<Record<string, string>>, form?: string): Promise<Page> {
    return this.notes.page(name, await this.visitor.submit(page, typed, form));
  }

  async cancel(name: string, action: string): Promise<void> {
    await this.fill(name, await this.begin(action), { 'cancel-aia': 'true' });
  }
}
