import type { ReauthState } from '../../../../shared/contract/account/reauth.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { Requests } from '../requests.ts';
import type { Clock } from '../../ports.ts';
import type { AccountReauth, Proof, ReauthWindow } from '../../provider/account-protection.ts';
import { SerialQueue } from '../../core/serial-queue.ts';

export interface ReauthOptions {
  readonly signedIn: Requests<AccountReauth>;
  readonly clock: Clock;
  readonly emit: (channel: 'reauth.changed', payload: ReauthState) => void;
}

interface Known extends Omit<ReauthWindow, 'remaining'> {
  /** Monotonic milliseconds; in the past while the window is closed. */
  readonly closesAt: number;
  readonly timer: AbortController;
}

/**
 * Milliseconds: two answers place the same end a little apart, because the server's clock is known to about a second.
 */
const sameEnd = 2_000;

/** The windows in which dangerous acts are allowed (E12), one a connection, as its provider keeps them. */
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
    status: ({ connectionId }) => this.#queue.run(connectionId, () => this.#readStatus(connectionId)),
    prove: ({ connectionId, proof }) => this.#queue.run(connectionId, () => this.#prove(connectionId, proof)),
    end: ({ connectionId }) => this.#queue.run(connectionId, () => this.#end(connectionId)),
  };

  /**
   * Stands before each dangerous act. Errors: reauth-required; those of asking the provider, if it was not asked
   * before.
   */
  require(connectionId: string): Promise<void> {
    return this.#queue.run(connectionId, async () => {
      if (!this.#known.has(connectionId)) await this.#ask(connectionId);
      if (this.#remaining(connectionId) === 0) throw new AppError('reauth-required');
    });
  }

  /** After a change of what can be used as proof. */
  async reread(connectionId: string): Promise<void> {
    await this.#queue.run(connectionId, () => this.#ask(connectionId));
  }

  /** The provider refused an act for want of a proof, whatever we thought. */
  noteRefusal(connectionId: string): void {
    this.#close(connectionId);
  }

  /** The session that it was for is over. */
  drop(connectionId: string): void {
    this.#close(connectionId);
    this.#known.delete(connectionId);
    this.#endsUntold.delete(connectionId);
  }

  stop(): void {
    for (const { timer } of this.#known.values()) timer.abort();
  }

  /** Without the provider, what it said before. */
  async #readStatus(connectionId: string): Promise<ReauthState> {
    try {
      return await this.#ask(connectionId);
    } catch (error) {
      const entry = this.#known.get(connectionId);
      if (!entry || !(error instanceof AppError) || error.code !== 'offline') throw error;
      return this.#toState(connectionId, entry);
    }
  }

  async #ask(connectionId: string): Promise<ReauthState> {
    if (this.#endsUntold.has(connectionId)) return this.#tellEnd(connectionId);
    return this.#keep(
      connectionId,
      await this.#options.signedIn.request(connectionId, (account) => account.reauthWindow()),
    );
  }

  async #prove(connectionId: string, proof: Proof): Promise<ReauthState> {
    const opened = await this.#options.signedIn.request(connectionId, (account) => account.reauthenticate(proof));
    this.#endsUntold.delete(connectionId);
    return this.#keep(connectionId, opened);
  }

  /** Here at once; the provider is told as soon as it can be reached. */
  async #end(connectionId: string): Promise<ReauthState> {
    this.#endsUntold.add(connectionId);
    this.#close(connectionId);
    return this.#readStatus(connectionId);
  }

  async #tellEnd(connectionId: string): Promise<ReauthState> {
    const ended = await this.#options.signedIn.request(connectionId, (account) => account.endReauth());
    this.#endsUntold.delete(connectionId);
    return this.#keep(connectionId, ended);
  }

  #close(connectionId: string): void {
    const entry = this.#known.get(connectionId);
    if (entry) this.#keep(connectionId, { ...entry, remaining: 0 });
  }

  #keep(connectionId: string, { remaining, windowSeconds, proofs }: ReauthWindow): ReauthState {
    const { clock, emit } = this.#options;
    const before = this.#known.get(connectionId);
    before?.timer.abort();
    const entry: Known = {
      closesAt: clock.monotonic() + remaining,
      windowSeconds,
      proofs,
      timer: new AbortController(),
    };
    const isNews = !before || this.#isOther(before, entry);
    this.#known.set(connectionId, entry);
    const state = this.#toState(connectionId, entry);
    if (isNews) emit('reauth.changed', state);
    if (remaining > 0) this.#closeInTime(connectionId, entry, remaining);
    return state;
  }

  #closeInTime(connectionId: string, entry: Known, remaining: number): void {
    const { clock, emit } = this.#options;
    clock.sleep(remaining, entry.timer.signal).then(
      () => emit('reauth.changed', { ...this.#toState(connectionId, entry), validUntil: null }),
      // Aborted: another window took its place.
      () => undefined,
    );
  }

  #toState(connectionId: string, entry: Known): ReauthState {
    const left = this.#left(entry);
    const validUntil = left > 0 ? new Date(this.#options.clock.now() + left).toISOString() : null;
    return { connectionId, validUntil, windowSeconds: entry.windowSeconds, proofs: entry.proofs };
  }

  #isOther(before: Known, now: Known): boolean {
    const [left, leftNow] = [this.#left(before), this.#left(now)];
    if (left > 0 !== leftNow > 0 || Math.abs(left - leftNow) > sameEnd) return true;
    return before.windowSeconds !== now.windowSeconds || before.proofs.join() !== now.proofs.join();
  }

  #remaining(connectionId: string): number {
    const entry = this.#known.get(connectionId);
    return entry ? this.#left(entry) : 0;
  }

  #left({ closesAt }: Known): number {
    return Math.max(0, closesAt - this.#options.clock.monotonic());
  }
}
