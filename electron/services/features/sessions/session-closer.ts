import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { CloseResult, SessionsSnapshot } from '../../../../shared/contract/account/sessions.ts';
import type { CachedResource } from '../../resources/cached-resource.ts';
import { toUnknownOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountSessions, OpenSession, SessionFacts } from '../../provider/account-sessions.ts';
import { withStaleList, type SessionsState } from './sessions-state.ts';

/** The list of sessions, with the last one kept behind it. */
export type SessionsResource = CachedResource<
  AccountSessions,
  readonly SessionFacts[],
  SessionsState,
  SessionsSnapshot
>;

export interface SessionCloserDeps {
  readonly signedIn: Requests<AccountSessions>;
  readonly list: Pick<SessionsResource, 'refresh' | 'readStale' | 'readCached'>;
  /** Ends the current session and drops its tokens here, also where the provider could not be told. */
  readonly signOut: (accountId: string) => Promise<{ readonly providerNotified: boolean }>;
}

export interface CloseOutcome {
  readonly results: CloseResult[];
  /** Null after a sign-out, and if there is nothing left that may be shown. */
  readonly snapshot: SessionsSnapshot | null;
}

/** Session id → why it is open still. */
type Failures = ReadonlyMap<string, ErrorShape>;

interface Attempt {
  readonly failures: Failures;
  readonly snapshot: SessionsSnapshot | null;
  /** Why the list could not be read afterwards. */
  readonly unread?: ErrorShape;
}

/**
 * Closes sessions and finds out what came of it. An answer may get lost although the act was done, so it is not the
 * answer that counts but the list that is read afterwards.
 */
export class SessionCloser {
  readonly #deps: SessionCloserDeps;

  constructor(deps: SessionCloserDeps) {
    this.#deps = deps;
  }

  /** Errors: those of reading the list; then nothing was closed. */
  async close(accountId: string, ids: ReadonlySet<string>): Promise<CloseOutcome> {
    // Read anew, because a list that is kept may name the current session of an earlier sign-in.
    const before = await this.#deps.list.refresh(accountId);
    const wanted = before.sessions.filter(({ id }) => ids.has(id));
    const others = wanted.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id);
    const current = wanted.find(({ isCurrent }) => isCurrent);
    const attempt =
      others.length === 0
        ? { failures: new Map(), snapshot: before }
        : await this.#attempt(accountId, others, (account) => account.closeSessions(others));
    return toOutcome(ids, current ? await this.#signOut(accountId, current.id, attempt) : attempt);
  }

  /**
   * A list that the provider gives and that cannot be read is no reason to leave a thief signed in: the provider is
   * asked all the same. Errors: those of reading the list, else those of that request; then nothing was closed.
   */
  async closeOthers(accountId: string): Promise<CloseOutcome> {
    const { signedIn, list } = this.#deps;
    const act = async (account: AccountSessions): Promise<readonly OpenSession[]> => {
      await account.closeOtherSessions();
      return [];
    };
    try {
      const others = othersOf(await list.refresh(accountId));
      return toOutcome(others, await this.#attempt(accountId, others, act));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
    const others = await list.readCached(accountId).then(othersOf, () => []);
    await signedIn.request(accountId, act);
    return toOutcome(others, await this.#lookAfter(accountId, others, new Map()));
  }

  async #attempt(
    accountId: string,
    ids: readonly string[],
    act: (account: AccountSessions) => Promise<readonly OpenSession[]>,
  ): Promise<Attempt> {
    const refused = await refusalsOf(ids, () => this.#deps.signedIn.request(accountId, act));
    return this.#lookAfter(accountId, ids, refused);
  }

  async #lookAfter(accountId: string, ids: readonly string[], refused: Failures): Promise<Attempt> {
    const { list } = this.#deps;
    try {
      const snapshot = await list.refresh(accountId);
      const listed = new Set(snapshot.sessions.map(({ id }) => id));
      const open = ids.filter((id) => listed.has(id));
      return { failures: new Map(open.map((id) => [id, refused.get(id) ?? { code: 'server-fault' }])), snapshot };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const closed = new Set(ids.filter((id) => !refused.has(id)));
      // Whether a refusal is one, or only its answer was lost, cannot be looked up.
      const failures = new Map([...refused].map(([id, refusal]) => [id, toUnknownOutcome(refusal)]));
      return {
        failures,
        snapshot: await list.readStale(accountId, (stored) => withStaleList(stored, closed)).catch(() => null),
        unread: error.toShape(),
      };
    }
  }

  /** Last of all, because nothing can be asked afterwards; and not at all if the provider is out of reach by now. */
  async #signOut(accountId: string, current: string, { failures, snapshot, unread }: Attempt): Promise<Attempt> {
    if (unread) return { failures: new Map([...failures, [current, unread]]), snapshot };
    const { providerNotified } = await this.#deps.signOut(accountId);
    return {
      failures: providerNotified ? failures : new Map([...failures, [current, { code: 'offline' }]]),
      snapshot: null,
    };
  }
}

function othersOf({ sessions }: SessionsSnapshot): string[] {
  return sessions.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id);
}

/** The provider answered, and with something that is no list of sessions. */
function isUnreadable(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'untrusted-answer' || error.code === 'server-fault');
}

/** A request that failed as a whole failed for each. */
async function refusalsOf(ids: readonly string[], request: () => Promise<readonly OpenSession[]>): Promise<Failures> {
  try {
    return new Map((await request()).map(({ id, error }) => [id, error]));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Map(ids.map((id) => [id, error.toShape()]));
  }
}

/** A session that was gone already counts as closed. */
function toOutcome(ids: Iterable<string>, { failures, snapshot }: Attempt): CloseOutcome {
  return { results: [...ids].map((id) => ({ id, error: failures.get(id) ?? null })), snapshot };
}
