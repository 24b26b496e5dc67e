import type { Clock, Log } from '../../../ports.ts';
import { AgentUnavailable } from './app-agent.ts';
import type { PrivateKey, SshAgent } from '../../../../../ssh-keys/index.ts';

export interface LentKeysDeps {
  readonly agent: Pick<SshAgent, 'add' | 'remove'>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Loan {
  readonly blob: Uint8Array;
  readonly timer: AbortController;
}

/** No timer is longer, and to take back earlier does no harm. */
const maxSleepMs = 2_000_000_000;
/** Milliseconds until an agent that would not give a key back is asked again. */
const pauseMs = 60_000;
/** Closing must not wait for an agent that hangs. */
const patienceMs = 1_000;

/** Keys lent to an agent that takes no time limit: taken back when the time is over, and at the end of the app. */
export class LentKeys {
  readonly #deps: LentKeysDeps;
  readonly #loans = new Map<string, Loan>();

  constructor(deps: LentKeysDeps) {
    this.#deps = deps;
  }

  /** `lifetime` in seconds. `onTakenBack` once the agent does not hold it any more. Errors: AgentUnavailable. */
  async lend(key: PrivateKey, lifetime: number, onTakenBack: () => void): Promise<void> {
    await this.#deps.agent.add(key, { lifetime: null, confirm: false });
    const { blob } = key.publicKey;
    this.delete(blob);
    const loan = { blob, timer: new AbortController() };
    this.#loans.set(idOf(blob), loan);
    void this.#wait(loan, Math.min(lifetime * 1_000, maxSleepMs), onTakenBack);
  }

  /** It was removed, or lent anew, by another way. */
  delete(blob: Uint8Array): void {
    this.#loans.get(idOf(blob))?.timer.abort();
    this.#loans.delete(idOf(blob));
  }

  /** What is lent still goes back now, as far as the agent answers soon. */
  async close(): Promise<void> {
    const loans = [...this.#loans.values()];
    for (const { blob } of loans) this.delete(blob);
    const back = Promise.all(loans.map(({ blob }) => this.#deps.agent.remove(blob).catch(() => undefined)));
    if (loans.length > 0) await Promise.race([back, this.#deps.clock.sleep(patienceMs)]);
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
