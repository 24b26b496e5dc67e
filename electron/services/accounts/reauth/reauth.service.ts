import type { ReauthState } from '../../../../shared/contract/account/reauth.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Requests } from '../requests.ts';
import type { Clock } from '../../ports.ts';
import type { AccountReauth, Proof, ReauthWindow } from '../../provider/account-protection.ts';
import type { Sequence } from '../../core/sequence.ts';
import { SerialQueue } from '../../core/serial-queue.ts';

export interface ReauthOptions {
  readonly signedIn: Requests<AccountReauth>;
  readonly clock: Clock;
  readonly sequence: Sequence;
  readonly emit: Emit<'reauth.changed'>;
}

interface Known extends Omit<ReauthWindow, 'remaining' | 'sessionLeft'> {
  /** Monotonic milliseconds; in the past while the window is closed. */
  readonly closesAt: number;
  /** Monotonic milliseconds; undefined where nobody says. */
  readonly sessionEndsAt: number | undefined;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly timer: AbortController;
}

/**
 * Milliseconds: two answers place the same end a little apart, because the server's clock is known to about a second.
 */
const sameEndMs = 2_000;

/** The windows in which dangerous acts are allowed (E12), one an account, as its provider keeps them. */
export class ReauthService {
  readonly #options: ReauthOptions;
  readonly #known = new Map<string, Known>();
  /** Ended here while the provider could not be told: whatever it says of these, they are closed. */
  readonly #endsUntold = new Set<string>();
  readonly #queue = new SerialQueue();

  constructor(options: ReauthOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<AppContract>['reauth'] = {
    status: ({ accountId }) => this.#queue.run(accountId, () => this.#readStatus(accountId)),
    prove: ({ accountId, proof }) => this.#queue.run(accountId, () => this.#prove(accountId, proof)),
    end: ({ accountId }) => this.#queue.run(accountId, () => this.#end(accountId)),
  };

  /**
   * Stands before each dangerous act; nothing stands there where the service asks for no proof. Errors:
   * reauth-required; those of asking the provider, if it was not asked
   * before.
   */
  require(accountId: string): Promise<void> {
    return this.#queue.run(accountId, async () => {
      if (!this.#known.has(accountId)) await this.#ask(accountId);
      if (this.#known.get(accountId)?.proofs.length === 0) return;
      if (this.#remaining(accountId) === 0) throw new AppError('reauth-required');
    });
  }

  /** After a change of what can be used as proof. */
  async reread(accountId: string): Promise<void> {
    await this.#queue.run(accountId, () => this.#ask(accountId));
  }

  /** The provider refused an act for want of a proof, whatever we thought. */
  onRefused(accountId: string): void {
    this.#close(accountId);
  }

  /** The session that it was for is over. */
  clear(accountId: string): void {
    this.#close(accountId);
    this.#known.delete(accountId);
    this.#endsUntold.delete(accountId);
  }

  stop(): void {
    for (const { timer } of this.#known.values()) timer.abort();
  }

  /** Without the provider, what it said before. */
  async #readStatus(accountId: string): Promise<ReauthState> {
    try {
      return await this.#ask(accountId);
    } catch (error) {
      const entry = this.#known.get(accountId);
      if (!entry || !(error instanceof AppError) || error.code !== 'offline') throw error;
      return this.#toState(accountId, entry, 'cache');
    }
  }

  async #ask(accountId: string): Promise<ReauthState> {
    if (this.#endsUntold.has(accountId)) return this.#tellEnd(accountId);
    return this.#keep(accountId, await this.#options.signedIn.request(accountId, (account) => account.reauthWindow()));
  }

  async #prove(accountId: string, proof: Proof): Promise<ReauthState> {
    const opened = await this.#options.signedIn.request(accountId, (account) => account.reauthenticate(proof));
    this.#endsUntold.delete(accountId);
    return this.#keep(accountId, opened);
  }

  /** Here at once; the provider is told as soon as it can be reached. */
  async #end(accountId: string): Promise<ReauthState> {
    this.#endsUntold.add(accountId);
    this.#close(accountId);
    return this.#readStatus(accountId);
  }

  async #tellEnd(accountId: string): Promise<ReauthState> {
    const ended = await this.#options.signedIn.request(accountId, (account) => account.endReauth());
    this.#endsUntold.delete(accountId);
    return this.#keep(accountId, ended);
  }

  #close(accountId: string): void {
    const entry = this.#known.get(accountId);
    if (entry) this.#keep(accountId, { ...entry, ...this.#sessionOf(entry), remaining: 0 });
  }

  #keep(accountId: string, { remaining, windowSeconds, proofs, sessionLeft }: ReauthWindow): ReauthState {
    const { clock, emit } = this.#options;
    const before = this.#known.get(accountId);
    before?.timer.abort();
    const entry: Known = {
      closesAt: clock.monotonic() + remaining,
      sessionEndsAt: sessionLeft === undefined ? undefined : clock.monotonic() + sessionLeft,
      takenAt: new Date(clock.now()).toISOString(),
      windowSeconds,
      proofs,
      timer: new AbortController(),
    };
    const isNews = !before || this.#isOther(before, entry);
    this.#known.set(accountId, entry);
    const state = this.#toState(accountId, entry);
    if (isNews) emit('reauth.changed', state);
    if (remaining > 0) this.#closeInTime(accountId, entry, remaining);
    return state;
  }

  #closeInTime(accountId: string, entry: Known, remaining: number): void {
    const { clock, emit } = this.#options;
    clock.sleep(remaining, entry.timer.signal).then(
      () => emit('reauth.changed', { ...this.#toState(accountId, entry), validUntil: null }),
      // Aborted: another window took its place.
      () => undefined,
    );
  }

  #toState(accountId: string, entry: Known, source: ReauthState['source'] = 'provider'): ReauthState {
    const { clock, sequence } = this.#options;
    const { takenAt, windowSeconds, proofs } = entry;
    const left = this.#left(entry);
    const validUntil = left > 0 ? new Date(clock.now() + left).toISOString() : null;
    const { sessionLeft } = this.#sessionOf(entry);
    const sessionEndsAt = sessionLeft === undefined ? null : new Date(clock.now() + sessionLeft).toISOString();
    return { accountId, source, takenAt, sequence: sequence(), validUntil, windowSeconds, proofs, sessionEndsAt };
  }

  #sessionOf({ sessionEndsAt }: Known): Pick<ReauthWindow, 'sessionLeft'> {
    return sessionEndsAt === undefined ? {} : { sessionLeft: sessionEndsAt - this.#options.clock.monotonic() };
  }

  #isOther(before: Known, now: Known): boolean {
    const [left, leftNow] = [this.#left(before), this.#left(now)];
    if (left > 0 !== leftNow > 0 || Math.abs(left - leftNow) > sameEndMs) return true;
    if (Math.abs((before.sessionEndsAt ?? 0) - (now.sessionEndsAt ?? 0)) > sameEndMs) return true;
    return before.windowSeconds !== now.windowSeconds || before.proofs.join() !== now.proofs.join();
  }

  #remaining(accountId: string): number {
    const entry = this.#known.get(accountId);
    return entry ? this.#left(entry) : 0;
  }

  #left({ closesAt }: Known): number {
    return Math.max(0, closesAt - this.#options.clock.monotonic());
  }
}
