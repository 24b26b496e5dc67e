import { randomUUID } from 'node:crypto';
import type { Connection, ConnectionsSnapshot, ConnectionState } from '../../../shared/contract/connections.ts';
import type { ProfileSnapshot } from '../../../shared/contract/profile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../../shared/rpc/define.ts';
import type { Account, ProfileSections, Provider, Tokens } from '../providers/provider.ts';
import type { ConnectionRegistry } from './connection-registry.ts';
import type { StoredConnection } from './connections.stored.ts';
import type { LiveConnections } from './live-connections.ts';
import type { StoredTarget, Targets } from './targets.ts';

export interface ConnectionsService {
  readonly handlers: Handlers<AppContract>['connections'];
  /**
   * Makes a connection of a finished sign-in, or brings back the one that this person already has there. Until their
   * profile can be read (an account that has to turn MFA on first), the person goes by what they signed in with.
   */
  admit(to: Admission, tokens: Tokens): Promise<string>;
  /** Keeps what the screen shows of a person beside each connection; returns whether it was news. */
  notePerson(connectionId: string, sections: ProfileSnapshot['sections']): Promise<boolean>;
  announce(): Promise<void>;
}

/** What a person signed in to, and as whom. */
export interface Admission {
  readonly target: StoredTarget;
  readonly identifier: string;
  /** Id of a connection that moves here if it is of the same account. */
  readonly again: string | undefined;
}

export interface ConnectionsOptions {
  readonly registry: ConnectionRegistry;
  readonly live: LiveConnections;
  readonly targets: Targets;
  readonly provider: Provider;
  /** Asks the provider again and keeps what it says. */
  readonly recheck: (connectionId: string) => Promise<unknown>;
  readonly emit: (channel: 'connections.changed', payload: EventMap<AppContract>['connections.changed']) => void;
}

export function createConnectionsService(options: ConnectionsOptions): ConnectionsService {
  const { registry, live, targets, provider, recheck, emit } = options;

  async function snapshot(): Promise<ConnectionsSnapshot> {
    const { connections, currentId } = await registry.all();
    return {
      connections: await Promise.all(connections.map(async (each) => toConnection(each, await live.state(each)))),
      currentId,
    };
  }

  async function announce(): Promise<void> {
    emit('connections.changed', await snapshot());
  }

  async function admit({ target, identifier, again }: Admission, tokens: Tokens): Promise<string> {
    const address = await targets.address(target);
    const account = provider.open(address, {
      accessToken: async () => tokens.accessToken,
      renewed: async () => tokens.accessToken,
    });
    const [accountId, sections, { name }] = await Promise.all([
      account.accountId(),
      readUnlessMfaIsMissing(account),
      provider.describe(address),
    ]);
    const known = findKnown((await registry.all()).connections, accountId, target, again);
    const id = known?.id ?? randomUUID();
    // Signed out while it moves: the tokens of one address must not go to the other.
    if (known && !isSameTarget(known.target, target)) await registry.put({ ...known, target, isSignedOut: true });
    // Tokens first: a connection without them would look like a session that ended.
    await live.admit(id, tokens);
    const person = sections ? personOf(sections) : (known?.person ?? { name: identifier, email: '', avatar: null });
    const record: StoredConnection = {
      id,
      provider: provider.kind,
      target,
      accountId,
      providerName: name,
      person,
      isSignedOut: false,
    };
    await registry.put(record, { isCurrent: true });
    await announce();
    return id;
  }

  async function notePerson(connectionId: string, sections: ProfileSnapshot['sections']): Promise<boolean> {
    const person = personOf(sections);
    // A reading may end after its person signed out or was forgotten, and must undo neither.
    const isNews = await registry.update(connectionId, (now) =>
      now.isSignedOut || isSamePerson(now.person, person) ? now : { ...now, person },
    );
    if (isNews) await announce();
    return isNews;
  }

  return {
    handlers: {
      list: snapshot,
      async inspect(typed) {
        const target = targets.normalise(typed);
        const address = await targets.address(target);
        const [{ name, identityProviders }, demo] = await Promise.all([
          provider.describe(address),
          targets.demoAccount(target),
        ]);
        return {
          address,
          name,
          demo,
          identityProviders: identityProviders.map((each) => ({ name: each.name, issuer: each.issuer })),
        };
      },
      async select({ id }) {
        await registry.select(id);
        await announce();
        return snapshot();
      },
      async check({ id }) {
        // Whatever the outcome is, it is in the state now.
        await recheck(id).catch(() => undefined);
        const record = await registry.get(id);
        return toConnection(record, await live.state(record));
      },
    },
    admit,
    notePerson,
    announce,
  };
}

function toConnection(record: StoredConnection, state: ConnectionState): Connection {
  const { id, provider, providerName, person, target } = record;
  return { id, provider, providerName, person, address: target.kind === 'address' ? target.address : null, state };
}

async function readUnlessMfaIsMissing(account: Account): Promise<ProfileSections | undefined> {
  try {
    return (await account.readProfile()).sections;
  } catch (error) {
    if (error instanceof AppError && error.code === 'mfa-required') return undefined;
    throw error;
  }
}

function personOf({ user, contact, avatar }: ProfileSnapshot['sections']): StoredConnection['person'] {
  const name = `${user.values.firstName} ${user.values.lastName}`.trim() || user.values.username;
  return { name, email: contact.values.email, avatar: avatar.values.image };
}

function isSamePerson(a: StoredConnection['person'], b: StoredConnection['person']): boolean {
  return a.name === b.name && a.email === b.email && a.avatar === b.avatar;
}

function isSameTarget(a: StoredTarget, b: StoredTarget): boolean {
  if (a.kind === 'embedded' || b.kind === 'embedded') return a.kind === b.kind;
  return a.address === b.address;
}

function findKnown(
  connections: readonly StoredConnection[],
  accountId: string,
  target: StoredTarget,
  again: string | undefined,
): StoredConnection | undefined {
  const own = connections.filter((each) => each.accountId === accountId);
  return (
    own.find((each) => isSameTarget(each.target, target)) ??
    own.find((each) => each.id === again && canMove(each.target, target))
  );
}

/** The embedded provider stays where it is. */
function canMove(from: StoredTarget, to: StoredTarget): boolean {
  return from.kind === 'address' && to.kind === 'address';
}
