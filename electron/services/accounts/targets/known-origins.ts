import { AppError } from '../../../../shared/contract/errors.ts';
import type { Clock, OriginQuestion } from '../../ports.ts';
import type { AccountRegistry } from '../account-registry.ts';

export interface KnownOriginsDeps {
  readonly registry: Pick<AccountRegistry, 'all'>;
  readonly question: OriginQuestion;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** The question that waits for an answer now, null once it has one. */
  readonly onAsking: (origin: string | null) => void;
}

/** Questions in so many milliseconds: a page must not wear a person down. */
const maxQuestions = 5;
const periodMs = 60_000;

/**
 * Where the app may send anything (security promise 2). The address of a service comes from the page, and a page that
 * somebody took over could have the services carry data to any address of its choice: so the person is asked, once, by
 * the shell. An account that is kept here makes its origin a known one, unless it came out of a file (X14); any other
 * holds for this run.
 */
export class KnownOrigins {
  readonly #deps: KnownOriginsDeps;
  readonly #allowed = new Set<string>();
  readonly #asking = new Map<string, Promise<boolean>>();
  #askedAt: number[] = [];
  /** One question at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: KnownOriginsDeps) {
    this.#deps = deps;
  }

  /**
   * Resolves once the app may talk to `address`. Errors: AppError cancelled (origin-refused), rate-limited, those of
   * the registry.
   */
  async require(address: string): Promise<void> {
    const { origin } = new URL(address);
    // What can be waited for first: a question may be answered meanwhile.
    if ((await this.#hasAccountAt(origin)) || this.#allowed.has(origin)) return;
    const isAllowed = await (this.#asking.get(origin) ?? this.#ask(origin));
    if (!isAllowed) throw new AppError('cancelled', { reason: 'origin-refused' });
  }

  async #hasAccountAt(origin: string): Promise<boolean> {
    const { accounts } = await this.#deps.registry.all();
    return accounts.some(
      ({ target, isImported }) => !isImported && target.kind === 'address' && new URL(target.address).origin === origin,
    );
  }

  #ask(origin: string): Promise<boolean> {
    this.#takeTurn();
    const answer = this.#last
      .then(() => {
        this.#deps.onAsking(origin);
        return this.#deps.question.ask(origin);
      })
      .then((isAllowed) => {
        if (isAllowed) this.#allowed.add(origin);
        return isAllowed;
      })
      .finally(() => {
        this.#deps.onAsking(null);
        this.#asking.delete(origin);
      });
    this.#last = answer.catch(() => undefined);
    this.#asking.set(origin, answer);
    return answer;
  }

  #takeTurn(): void {
    const now = this.#deps.clock.monotonic();
    this.#askedAt = this.#askedAt.filter((at) => now - at < periodMs);
    const [first] = this.#askedAt;
    if (first !== undefined && this.#askedAt.length >= maxQuestions)
      throw new AppError('rate-limited', { retryAfter: Math.ceil((first + periodMs - now) / 1_000) });
    this.#askedAt.push(now);
  }
}
