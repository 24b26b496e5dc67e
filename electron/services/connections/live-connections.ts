import type { ConnectionState } from '../../../shared/contract/connections.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTokenKeeper, type TokenKeeper } from '../auth/token-keeper.ts';
import type { Clock } from '../ports.ts';
import type { Account, Provider, Tokens } from '../providers/provider.ts';
import type { ConnectionRegistry } from './connection-registry.ts';
import type { ConnectionSecrets } from './connection-secrets.ts';
import type { StoredConnection } from './connections.stored.ts';
import type { Targets } from './targets.ts';

/** The signed-in connections of this run: their tokens in use, their account, and how the last request went. */
export interface LiveConnections {
  state(record: StoredConnection): Promise<ConnectionState>;
  /**
   * Runs `act` with the connection's account and notes from its outcome whether the provider can be reached.
   * Errors: those of `act`; unauthenticated (session-ended) without tokens; those of starting the embedded provider.
   */
  request<T>(connectionId: string, act: (account: Account) => Promise<T>): Promise<T>;
  /** Starts over with new tokens, after a sign-in. */
  admit(connectionId: string, tokens: Tokens): Promise<void>;
  /** Drops the tokens here; the provider is not asked. */
  drop(connectionId: string): Promise<void>;
}

export interface LiveConnectionsOptions {
  readonly registry: ConnectionRegistry;
  readonly secrets: ConnectionSecrets;
  readonly targets: Targets;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly onChange: (connectionId: string, state: ConnectionState) => void;
}

interface Live {
  state: ConnectionState;
  readonly keeper: TokenKeeper;
  opened?: { readonly address: string; readonly account: Account };
}

/** Failures after which the data shown is only as good as the cache. */
const unreachable = new Set(['offline', 'server-fault', 'untrusted-answer']);

export function createLiveConnections(options: LiveConnectionsOptions): LiveConnections {
  const { registry, secrets, targets, provider, clock, onChange } = options;
  const lives = new Map<string, Promise<Live | undefined>>();

  const now = () => new Date(clock.now()).toISOString();

  function live(connectionId: string): Promise<Live | undefined> {
    const known = lives.get(connectionId);
    if (known) return known;
    const opening = secrets.load(connectionId).then((tokens) => tokens && start(connectionId, tokens));
    lives.set(connectionId, opening);
    // A locked key store may be open at the next call.
    opening.catch(() => lives.delete(connectionId));
    return opening;
  }

  function start(connectionId: string, tokens: Tokens): Live {
    const keeper = createTokenKeeper({
      tokens,
      clock,
      save: (next) => secrets.save(connectionId, next),
      refresh: async (refreshToken, attempt) => provider.refresh(await addressOf(connectionId), refreshToken, attempt),
      onRenewing: (isRenewing) => {
        if (isRenewing) note(connectionId, started, { kind: 'signing-in' });
      },
    });
    const started: Live = { state: { kind: 'signing-in' }, keeper };
    return started;
  }

  async function addressOf(connectionId: string): Promise<string> {
    return targets.address((await registry.get(connectionId)).target);
  }

  async function accountOf(connectionId: string, found: Live): Promise<Account> {
    const address = await addressOf(connectionId);
    // The embedded provider has another port after a restart.
    if (found.opened?.address !== address) found.opened = { address, account: provider.open(address, found.keeper) };
    return found.opened.account;
  }

  /** Ignores what a request of an earlier sign-in says, and what says nothing new. */
  function note(connectionId: string, from: Live, state: ConnectionState): void {
    void lives.get(connectionId)?.then((current) => {
      if (current !== from || isSame(from.state, state)) return;
      from.state = state;
      onChange(connectionId, state);
    });
  }

  async function noteFailure(connectionId: string, from: Live, error: unknown): Promise<void> {
    if (!(error instanceof AppError)) return;
    if (error.code === 'unauthenticated') {
      if ((await lives.get(connectionId)) === from) await drop(connectionId);
      onChange(connectionId, { kind: 'signed-out', sessionEnded: true });
    } else if (unreachable.has(error.code)) {
      note(connectionId, from, { kind: 'offline', since: now(), cause: error.toShape() });
    } else {
      note(connectionId, from, { kind: 'online', since: now() });
    }
  }

  async function drop(connectionId: string): Promise<void> {
    lives.delete(connectionId);
    await secrets.remove(connectionId);
  }

  return {
    async state(record) {
      const found = record.isSignedOut ? undefined : await live(record.id);
      return found?.state ?? { kind: 'signed-out', sessionEnded: !record.isSignedOut };
    },
    async request(connectionId, act) {
      const record = await registry.get(connectionId);
      const found = record.isSignedOut ? undefined : await live(connectionId);
      if (!found) throw new AppError('unauthenticated', { reason: 'session-ended' });
      try {
        const value = await act(await accountOf(connectionId, found));
        note(connectionId, found, { kind: 'online', since: now() });
        return value;
      } catch (error) {
        await noteFailure(connectionId, found, error);
        throw error;
      }
    },
    async admit(connectionId, tokens) {
      await secrets.save(connectionId, tokens);
      const admitted = start(connectionId, tokens);
      admitted.state = { kind: 'online', since: now() };
      lives.set(connectionId, Promise.resolve(admitted));
    },
    drop,
  };
}

/** `since` tells when a state began, so the same state again is no news. */
function isSame(a: ConnectionState, b: ConnectionState): boolean {
  if (a.kind === 'offline' && b.kind === 'offline') {
    return a.cause.code === b.cause.code && a.cause.reason === b.cause.reason;
  }
  return a.kind === b.kind && a.kind !== 'signed-out';
}
