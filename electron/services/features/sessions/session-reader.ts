import { AppError } from '../../../../shared/contract/errors.ts';
import type { SessionsSnapshot } from '../../../../shared/contract/sessions.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { Clock } from '../../ports.ts';
import type { Sequence } from '../../core/sequence.ts';
import type { AccountSessions } from '../../provider/account-sessions.ts';
import type { AgentReader } from './agent-reader.ts';
import type { KeptSessions } from './kept-sessions.ts';
import type { SessionsState } from './sessions-state.ts';
import { toSessions } from './to-sessions.ts';

export interface SessionReaderOptions {
  readonly live: Requests<AccountSessions>;
  readonly kept: KeptSessions;
  readonly agents: AgentReader;
  readonly clock: Clock;
  readonly sequence: Sequence;
  /** Whether what is kept of this connection may be shown now: it exists and was not signed out on purpose. */
  readonly mayShow: (connectionId: string) => Promise<boolean>;
}

/** Lists the sessions, with the cache behind it. */
export class SessionReader {
  readonly #options: SessionReaderOptions;

  constructor(options: SessionReaderOptions) {
    this.#options = options;
  }

  /** Asks the provider, and keeps what it says. Errors: those of the provider. */
  async refresh(connectionId: string): Promise<SessionsSnapshot> {
    const { live, kept, clock } = this.#options;
    const facts = await live.request(connectionId, (account) => account.readSessions());
    const takenAt = new Date(clock.now()).toISOString();
    return this.show(connectionId, await kept.putList(connectionId, { source: 'provider', takenAt, facts }));
  }

  /** Falls back to what is kept for any refusal: what was seen once stays viewable. Errors: those of the provider. */
  async read(connectionId: string): Promise<SessionsSnapshot> {
    try {
      return await this.refresh(connectionId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return await this.readStale(connectionId).catch(() => {
        throw error;
      });
    }
  }

  /** What is kept, after a request that failed. Errors: as readKept. */
  async readStale(connectionId: string, closed?: ReadonlySet<string>): Promise<SessionsSnapshot> {
    await this.mustShow(connectionId);
    return this.show(connectionId, await this.#options.kept.markStale(connectionId, closed));
  }

  /** Errors: not-found, unauthenticated after a sign-out, key-store-unavailable, storage-fault. */
  async readKept(connectionId: string): Promise<SessionsSnapshot> {
    await this.mustShow(connectionId);
    const snapshot = await this.show(connectionId, await this.#options.kept.read(connectionId));
    return { ...snapshot, source: 'cache', sequence: 0 };
  }

  /** Errors: unauthenticated after a sign-out. */
  async mustShow(connectionId: string): Promise<void> {
    if (!(await this.#options.mayShow(connectionId)))
      throw new AppError('unauthenticated', { reason: 'session-ended' });
  }

  /** Errors: not-found if there was never a list. */
  async show(connectionId: string, state: SessionsState): Promise<SessionsSnapshot> {
    const { list } = state;
    if (!list) throw new AppError('not-found');
    // Before anything is waited for: `state` is the newest now.
    const sequence = this.#options.sequence();
    const agents = await this.#options.agents.readAll(list.facts.flatMap(({ userAgent }) => userAgent ?? []));
    return { connectionId, source: list.source, takenAt: list.takenAt, sequence, sessions: toSessions(state, agents) };
  }
}
