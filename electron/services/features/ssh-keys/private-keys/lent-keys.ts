import type { Clock, Log } from '../../../ports.ts';
import { AgentUnavailable } from './app-agent.ts';
import type { AgentLimits, PrivateKey, SshAgent } from '../../../../../ssh-keys/index.ts';

export interface LentKeysDeps {
  readonly agent: Pick<SshAgent, 'add' | 'remove'>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Loan {
  readonly blob: Uint8Array;
  readonly timer: AbortController;
}

/** What the agent gives up by itself. */
interface Held {
  readonly blob: Uint8Array;
  /** On the monotonic clock: from then on it is not ours, whoever added it again. */
  readonly until: number;
}

/** No timer is longer, and to take back earlier does no harm. */
const maxSleepMs = 2_000_000_000;
/** Milliseconds until an agent that would not give a key back is asked again. */
const pauseMs = 60_000;
/** Closing must not wait for an agent that hangs. */
const patienceMs = 1_000;

/**
 * Keys that the agent was given here. One that takes no time limit is lent them: they are taken back when the time is
 * over, and at the end of the app. The others it gives up by itself, unless a lock takes them back (X11).
 */
export class LentKeys {
  readonly #deps: LentKeysDeps;
  readonly #loans = new Map<string, Loan>();
  readonly #held = new Map<string, Held>();
  /** What was closed, for what the agent takes after that. */
  #closed: 'nothing' | 'loans' | 'all' = 'nothing';

  constructor(deps: LentKeysDeps) {
    this.#deps = deps;
  }

  /** With limits that the agent keeps. Errors: AgentUnavailable. */
  async add(key: PrivateKey, limits: AgentLimits): Promise<void> {
    const { agent, clock } = this.#deps;
    await agent.add(key, limits);
    const { blob } = key.publicKey;
    this.delete(blob);
    const { lifetime } = limits;
    const until = lifetime === null ? Infinity : clock.monotonic() + lifetime * 1_000;
    this.#held.set(idOf(blob), { blob, until });
    if (this.#closed === 'all') await this.#giveBack([blob]);
  }

  /** `lifetime` in seconds. `onTakenBack` once the agent does not hold it any more. Errors: AgentUnavailable. */
  async lend(key: PrivateKey, lifetime: number, onTakenBack: () => void): Promise<void> {
    await this.#deps.agent.add(key, { lifetime: null, confirm: false });
    const { blob } = key.publicKey;
    this.delete(blob);
    const loan = { blob, timer: new AbortController() };
    this.#loans.set(idOf(blob), loan);
    if (this.#closed !== 'nothing') return this.#giveBack([blob]);
    void this.#wait(loan, Math.min(lifetime * 1_000, maxSleepMs), onTakenBack);
  }

  /** It was removed, or lent anew, by another way. */
  delete(blob: Uint8Array): void {
    this.#loans.get(idOf(blob))?.timer.abort();
    this.#loans.delete(idOf(blob));
    this.#held.delete(idOf(blob));
  }

  /**
   * What is lent still goes back now, and with `all` whatever the agent was given. An agent that does not answer soon
   * is not waited for; what it was told it finds once it answers again.
   */
  async close({ all }: { readonly all: boolean }): Promise<void> {
    this.#closed = all ? 'all' : 'loans';
    const now = this.#deps.clock.monotonic();
    const held = all ? [...this.#held.values()].filter(({ until }) => until > now) : [];
    const blobs = [...this.#loans.values(), ...held].map(({ blob }) => blob);
    if (blobs.length > 0) await Promise.race([this.#giveBack(blobs), this.#deps.clock.sleep(patienceMs)]);
  }

  async #giveBack(blobs: readonly Uint8Array[]): Promise<void> {
    for (const blob of blobs) this.delete(blob);
    await Promise.all(blobs.map((blob) => this.#takeBack(blob)));
  }

  async #wait(loan: Loan, time: number, onTakenBack: () => void): Promise<void> {
    try {
      await this.#deps.clock.sleep(time, loan.timer.signal);
      while (!(await this.#takeBack(loan.blob))) await this.#deps.clock.sleep(pauseMs, loan.timer.signal);
    } catch {
      // Forgotten meanwhile.
      return;
    }
    this.#loans.delete(idOf(loan.blob));
    onTakenBack();
  }

  /** An agent that is gone holds nothing. */
  async #takeBack(blob: Uint8Array): Promise<boolean> {
    try {
      await this.#deps.agent.remove(blob);
      return true;
    } catch (error) {
      if (error instanceof AgentUnavailable && error.fault === 'none') return true;
      this.#deps.log.warn('the agent did not give a key back', {});
      return false;
    }
  }
}

function idOf(blob: Uint8Array): string {
  return Buffer.from(blob).toString('base64');
}
