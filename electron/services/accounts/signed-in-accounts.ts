import type { ConnectionState } from '../../../shared/contract/account/accounts.ts';
import { AppError, type ErrorCode, type ErrorReason } from '../../../shared/contract/errors.ts';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import type { ServiceEmitter } from '../core/service-events.ts';
import { Answers } from '../http/answers.ts';
import type { Clock } from '../ports.ts';
import type { ProviderAccount } from '../provider/provider.ts';
import type { Providers } from '../provider/kinds/providers.ts';
import type { Refusals, Tokens } from '../provider/tokens.ts';
import type { AccountRegistry } from './account-registry.ts';
import { confirmRefusal, isSessionEnded } from './confirm-refusal.ts';
import type { AccountRefusals } from './account-refusals.ts';
import type { AccountSecrets } from './account-secrets.ts';
import { endOfToken } from './end-of-token.ts';
import type { StoredAccount } from './accounts.stored.ts';
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
  readonly registry: AccountRegistry;
  readonly secrets: AccountSecrets;
  readonly refusals: AccountRefusals;
  readonly targets: Targets;
  readonly providers: Pick<Providers, 'of'>;
  readonly clock: Clock;
  readonly events: Pick<ServiceEmitter, 'emit'>;
  /** Sees all that an account reads and does; what is asked while a session is judged is not seen. */
  readonly watch?: (accountId: string, account: ProviderAccount) => ProviderAccount;
}

/** Of a question without a token. `not-asked`: it does not count as online, so there is nothing to find out. */
export type Probe = 'there' | 'gone' | 'not-asked';

/** There are no tokens to ask with. */
const over = Promise.resolve(undefined);

interface Entry {
  state: ConnectionState;
  readonly keeper: TokenKeeper;
  opened?: { readonly address: string; readonly account: ProviderAccount };
}

/** The signed-in accounts of this run: their tokens in use, their API, and how the last request went. */
export class SignedInAccounts {
  readonly #options: SignedInAccountsOptions;
  readonly #entries = new Map<string, Promise<Entry | undefined>>();
  /** What changes the tokens that are kept of an account: the last that is known is the last that is written. */
  readonly #changes = new SerialQueue();

  constructor(options: SignedInAccountsOptions) {
    this.#options = options;
  }

  async state(record: StoredAccount): Promise<ConnectionState> {
    const entry = record.isSignedOut ? undefined : await this.#find(record.id);
    return entry?.state ?? { kind: 'signed-out', sessionEnded: !record.isSignedOut };
  }

  /**
   * Runs `act` with the API of the account and notes from its outcome whether the provider can be reached; one that the
   * app could answer without asking does not bring back an account that is offline.
   * Errors: those of `act`; unauthenticated (session-ended) without tokens; those of starting the embedded provider.
   */
  async request<T>(accountId: string, act: (account: ProviderAccount) => Promise<T>): Promise<T> {
    const record = await this.#options.registry.get(accountId);
    const entry = record.isSignedOut ? undefined : await this.#find(accountId);
    if (!entry) throw new AppError('unauthenticated', { reason: 'session-ended' });
    const heard = new Answers();
    try {
      const value = await heard.run(async () => act(await this.#account(record, entry)));
      this.#noteReached(accountId, entry, heard.hasAny);
      return value;
    } catch (thrown) {
      const error = isSessionEnded(thrown) ? await this.#confirmRefusal(record, entry, thrown) : thrown;
      if (error instanceof AppError) await this.#onFailure(accountId, entry, error, heard.hasAny);
      throw error;
    }
  }

  /**
   * Asks the provider of an account that counts as online who it is, and notes if it cannot tell. Without a token: a
   * session that nobody uses must not be kept alive by that.
   */
  async probe(accountId: string): Promise<Probe> {
    const { registry, targets, providers } = this.#options;
    const record = await registry.get(accountId);
    const entry = record.isSignedOut ? undefined : await this.#find(accountId);
    if (entry?.state.kind !== 'online') return 'not-asked';
    try {
      await providers.of(record.kind).describe(await targets.address(record.target));
      return 'there';
    } catch (error) {
      // Who is asked too often is there.
      if (error instanceof AppError && error.code !== 'rate-limited')
        await this.#onFailure(accountId, entry, error, false);
      return 'gone';
    }
  }

  /** Starts over with new tokens, after a sign-in. */
  startSession(accountId: string, tokens: Tokens): Promise<void> {
    const { secrets, refusals, events } = this.#options;
    return this.#changes.run(accountId, async () => {
      await secrets.save(accountId, tokens);
      await refusals.remove(accountId);
      await events.emit('session-ended', { accountId });
      const entry = this.#start(accountId, tokens, await refusals.load(accountId));
      entry.state = { kind: 'online', since: this.#now() };
      this.#entries.set(accountId, Promise.resolve(entry));
    });
  }

  /** Drops the tokens here; the provider is not asked. */
  async endSession(accountId: string): Promise<void> {
    this.#entries.set(accountId, over);
    await this.#changes.run(accountId, () => this.#end(accountId));
  }

  async #end(accountId: string): Promise<void> {
    const { secrets, refusals, events } = this.#options;
    this.#entries.set(accountId, over);
    await events.emit('session-ended', { accountId });
    await refusals.remove(accountId);
    await secrets.remove(accountId);
  }

  #find(accountId: string): Promise<Entry | undefined> {
    const known = this.#entries.get(accountId);
    if (known) return known;
    const opening = this.#open(accountId);
    this.#entries.set(accountId, opening);
    // A locked key store may be open at the next call.
    opening.catch(() => this.#entries.delete(accountId));
    return opening;
  }

  async #open(accountId: string): Promise<Entry | undefined> {
    const { secrets, refusals } = this.#options;
    const tokens = await secrets.load(accountId);
    return tokens && this.#start(accountId, tokens, await refusals.load(accountId));
  }

  #start(accountId: string, tokens: Tokens, refusals: Refusals): Entry {
    const { clock, providers, registry, secrets, targets } = this.#options;
    const keeper = createTokenKeeper({
      tokens,
      refusals,
      clock,
      save: (next) =>
        this.#changes.run(accountId, async () => {
          // Of a session that is over by now nothing is kept, nor in the place of another sign-in.
          if ((await this.#entries.get(accountId)) !== entry) return;
          await secrets.save(accountId, next);
          await this.#noteEnd(accountId, entry, next);
        }),
      refresh: async (refreshToken, attempt) => {
        const { kind, target, clientId } = await registry.get(accountId);
        return providers.of(kind).refresh(await targets.address(target), refreshToken, attempt, clientId);
      },
    });
    const entry: Entry = { state: { kind: 'connecting' }, keeper };
    return entry;
  }

  /** Of a token that took the place of the one that was pasted: another one ends at another time. */
  async #noteEnd(accountId: string, { state }: Entry, next: Tokens): Promise<void> {
    const { tokenEndsAt } = endOfToken(next);
    const isChanged = await this.#options.registry.update(accountId, ({ tokenEndsAt: before, ...record }) =>
      before === tokenEndsAt ? undefined : { ...record, ...endOfToken(next) },
    );
    if (isChanged) await this.#options.events.emit('state-changed', { accountId, state });
  }

  async #account({ id, kind, target, clientId }: StoredAccount, entry: Entry): Promise<ProviderAccount> {
    const { providers, targets, watch } = this.#options;
    const address = await targets.address(target);
    // The embedded provider has another port after a restart.
    if (entry.opened?.address !== address) {
      const account = providers.of(kind).open(address, entry.keeper, clientId);
      entry.opened = { address, account: watch?.(id, account) ?? account };
    }
    return entry.opened.account;
  }

  /** What is to be said of a call that was refused as if the session were over. */
  async #confirmRefusal(record: StoredAccount, entry: Entry, refusal: AppError): Promise<AppError> {
    // What cannot be renewed has nothing left to ask with.
    if (entry.keeper.hasEnded() || (await this.#entries.get(record.id)) !== entry) return refusal;
    return confirmRefusal(await this.#account(record, entry), refusal, record.personId);
  }

  async #onFailure(accountId: string, entry: Entry, error: AppError, isAnswered: boolean): Promise<void> {
    // A wrong password or code in a proof is refused as unauthenticated too, and ends nothing.
    if (error.details.reason === 'session-ended') {
      const isEnded = await this.#changes.run(accountId, async () => {
        // Many requests may be refused at once; the first of them ends it. Nor does it end a sign-in that came
        // meanwhile.
        if ((await this.#entries.get(accountId)) !== entry) return false;
        await this.#end(accountId);
        return true;
      });
      if (!isEnded) return;
      const state = { kind: 'signed-out', sessionEnded: true } as const;
      await this.#options.events.emit('state-changed', { accountId, state });
    } else if (answers.has(error.code) || answerReasons.has(error.details.reason)) {
      if (error.code === 'reauth-required') await this.#options.events.emit('proof-refused', { accountId });
      this.#noteReached(accountId, entry, isAnswered);
    } else {
      this.#setState(accountId, entry, { kind: 'offline', since: this.#now(), cause: error.toShape() });
    }
  }

  /** Whether anything was asked or not, nothing speaks against it; but being offline ends with an answer alone. */
  #noteReached(accountId: string, entry: Entry, isAnswered: boolean): void {
    if (isAnswered || entry.state.kind !== 'offline')
      this.#setState(accountId, entry, { kind: 'online', since: this.#now() });
  }

  /** Ignores what a request of an earlier sign-in says, and what says nothing new. */
  #setState(accountId: string, entry: Entry, state: ConnectionState): void {
    void this.#entries.get(accountId)?.then((current) => {
      if (current !== entry || isSame(entry.state, state)) return undefined;
      entry.state = state;
      return this.#options.events.emit('state-changed', { accountId, state });
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
