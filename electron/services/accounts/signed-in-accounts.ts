import type { ConnectionState } from '../../../shared/contract/account/connections.ts';
import { AppError, type ErrorCode, type ErrorReason } from '../../../shared/contract/errors.ts';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.ts';
import type { ServiceEmitter } from '../core/service-events.ts';
import type { Clock } from '../ports.ts';
import type { Account, Provider, Tokens } from '../provider/provider.ts';
import type { ConnectionRegistry } from './connection-registry.ts';
import type { ConnectionSecrets } from './connection-secrets.ts';
import type { StoredConnection } from './connections.stored.ts';
import type { Targets } from './targets/targets.ts';

/**
 * Refusals of one act by a provider that works. After any other failure the data shown is only as good as the cache.
 */
const answers = new Set<ErrorCode>([
  'invalid-request',
  'unauthenticated',
  'reauth-required',
  'mfa-required',
  'forbidden',
  'not-offered',
  'not-found',
  'conflict',
  'cancelled',
]);

/** The same, told by their reason. */
const answerReasons = new Set<ErrorReason | undefined>(['locked-out', 'identity-provider-down', 'id-token-not-valid']);

export interface SignedInAccountsOptions {
  readonly registry: ConnectionRegistry;
  readonly secrets: ConnectionSecrets;
  readonly targets: Targets;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly events: Pick<ServiceEmitter, 'emit'>;
}

/** Of a question without a token. `not-asked`: it does not count as online, so there is nothing to find out. */
export type Probe = 'there' | 'gone' | 'not-asked';

interface Entry {
  state: ConnectionState;
  readonly keeper: TokenKeeper;
  opened?: { readonly address: string; readonly account: Account };
}

/** The signed-in connections of this run: their tokens in use, their account, and how the last request went. */
export class SignedInAccounts {
  readonly #options: SignedInAccountsOptions;
  readonly #entries = new Map<string, Promise<Entry | undefined>>();

  constructor(options: SignedInAccountsOptions) {
    this.#options = options;
  }

  async state(record: StoredConnection): Promise<ConnectionState> {
    const entry = record.isSignedOut ? undefined : await this.#find(record.id);
    return entry?.state ?? { kind: 'signed-out', sessionEnded: !record.isSignedOut };
  }

  /**
   * Runs `act` with the connection's account and notes from its outcome whether the provider can be reached.
   * Errors: those of `act`; unauthenticated (session-ended) without tokens; those of starting the embedded provider.
   */
  async request<T>(connectionId: string, act: (account: Account) => Promise<T>): Promise<T> {
    const record = await this.#options.registry.get(connectionId);
    const entry = record.isSignedOut ? undefined : await this.#find(connectionId);
    if (!entry) throw new AppError('unauthenticated', { reason: 'session-ended' });
    try {
      const value = await act(await this.#account(record, entry));
      this.#note(connectionId, entry, { kind: 'online', since: this.#now() });
      return value;
    } catch (error) {
      if (error instanceof AppError) await this.#noteFailure(connectionId, entry, error);
      throw error;
    }
  }

  /**
   * Asks the provider of a connection that counts as online who it is, and notes if it cannot tell. Without a token: a
   * session that nobody uses must not be kept alive by that.
   */
  async probe(connectionId: string): Promise<Probe> {
    const { registry, targets, provider } = this.#options;
    const record = await registry.get(connectionId);
    const entry = record.isSignedOut ? undefined : await this.#find(connectionId);
    if (entry?.state.kind !== 'online') return 'not-asked';
    try {
      await provider.describe(await targets.address(record.target));
      return 'there';
    } catch (error) {
      // Who is asked too often is there.
      if (error instanceof AppError && error.code !== 'rate-limited')
        await this.#noteFailure(connectionId, entry, error);
      return 'gone';
    }
  }

  /** Starts over with new tokens, after a sign-in. */
  async admit(connectionId: string, tokens: Tokens): Promise<void> {
    await this.#options.secrets.save(connectionId, tokens);
    await this.#options.events.emit('session-ended', { connectionId });
    const entry = this.#start(connectionId, tokens);
    entry.state = { kind: 'online', since: this.#now() };
    this.#entries.set(connectionId, Promise.resolve(entry));
  }

  /** Drops the tokens here; the provider is not asked. */
  async drop(connectionId: string): Promise<void> {
    this.#entries.set(connectionId, Promise.resolve(undefined));
    await this.#options.events.emit('session-ended', { connectionId });
    await this.#options.secrets.remove(connectionId);
  }

  #find(connectionId: string): Promise<Entry | undefined> {
    const known = this.#entries.get(connectionId);
    if (known) return known;
    const opening = this.#options.secrets
      .load(connectionId)
      .then((tokens) => tokens && this.#start(connectionId, tokens));
    this.#entries.set(connectionId, opening);
    // A locked key store may be open at the next call.
    opening.catch(() => this.#entries.delete(connectionId));
    return opening;
  }

  #start(connectionId: string, tokens: Tokens): Entry {
    const { clock, provider, registry, secrets, targets } = this.#options;
    const keeper = createTokenKeeper({
      tokens,
      clock,
      save: (next) => secrets.save(connectionId, next),
      refresh: async (refreshToken, attempt) => {
        const { target } = await registry.get(connectionId);
        return provider.refresh(await targets.address(target), refreshToken, attempt);
      },
      onRenewing: (isRenewing) => {
        if (isRenewing) this.#note(connectionId, entry, { kind: 'signing-in' });
      },
    });
    const entry: Entry = { state: { kind: 'signing-in' }, keeper };
    return entry;
  }

  async #account({ target }: StoredConnection, entry: Entry): Promise<Account> {
    const { provider, targets } = this.#options;
    const address = await targets.address(target);
    // The embedded provider has another port after a restart.
    if (entry.opened?.address !== address) entry.opened = { address, account: provider.open(address, entry.keeper) };
    return entry.opened.account;
  }

  async #noteFailure(connectionId: string, entry: Entry, error: AppError): Promise<void> {
    // A wrong password or code in a proof is refused as unauthenticated too, and ends nothing.
    if (error.details.reason === 'session-ended') {
      const held = this.#entries.get(connectionId);
      // Many requests may be refused at once; the first of them ends it.
      if ((await held) !== entry || this.#entries.get(connectionId) !== held) return;
      await this.drop(connectionId);
      const state = { kind: 'signed-out', sessionEnded: true } as const;
      await this.#options.events.emit('state-changed', { connectionId, state });
    } else if (answers.has(error.code) || answerReasons.has(error.details.reason)) {
      if (error.code === 'reauth-required') await this.#options.events.emit('proof-refused', { connectionId });
      this.#note(connectionId, entry, { kind: 'online', since: this.#now() });
    } else {
      this.#note(connectionId, entry, { kind: 'offline', since: this.#now(), cause: error.toShape() });
    }
  }

  /** Ignores what a request of an earlier sign-in says, and what says nothing new. */
  #note(connectionId: string, entry: Entry, state: ConnectionState): void {
    void this.#entries.get(connectionId)?.then((current) => {
      if (current !== entry || isSame(entry.state, state)) return undefined;
      entry.state = state;
      return this.#options.events.emit('state-changed', { connectionId, state });
    });
  }

  #now(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}

/** `since` tells when a state began, so the same state again is no news. */
function isSame(a: ConnectionState, b: ConnectionState): boolean {
  if (a.kind === 'offline' && b.kind === 'offline')
    return a.cause.code === b.cause.code && a.cause.reason === b.cause.reason;
  return a.kind === b.kind;
}
