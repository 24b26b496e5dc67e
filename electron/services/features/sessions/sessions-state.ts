import { AppError } from '../../../../shared/contract/errors.ts';
import type { SessionsSnapshot } from '../../../../shared/contract/account/sessions.ts';
import type { SessionFacts } from '../../provider/account-sessions.ts';

/** What is known here of the sessions of one account. Never changed in place. */
export interface SessionsState {
  /** As last read; undefined if never. */
  readonly list: SessionList | undefined;
  /** Session id → the person's own name for it (X10). */
  readonly names: ReadonlyMap<string, string>;
  /** Ids that the person has seen (X4); undefined before the first list. */
  readonly seen: ReadonlySet<string> | undefined;
}

export interface SessionList {
  /** `provider` if it comes from the last answer, `cache` once a later one failed. */
  readonly source: SessionsSnapshot['source'];
  /** RFC 3339. */
  readonly takenAt: string;
  readonly facts: readonly SessionFacts[];
}

/**
 * Names and marks go with their sessions, so nothing grows. All of a first list counts as seen; the current session
 * always.
 */
export function withList(state: SessionsState, list: SessionList): SessionsState {
  const { seen } = state;
  const isSeen = ({ id, isCurrent }: SessionFacts) => isCurrent || !seen || seen.has(id);
  return withoutGone({ ...state, list, seen: new Set(list.facts.filter(isSeen).map(({ id }) => id)) });
}

/** The provider could not be asked again; of `closed` we know nevertheless that they are gone. */
export function withStaleList(state: SessionsState, closed: ReadonlySet<string>): SessionsState {
  const { list } = state;
  if (!list) return state;
  const facts = closed.size > 0 ? list.facts.filter(({ id }) => !closed.has(id)) : list.facts;
  return withoutGone({ ...state, list: { ...list, source: 'cache', facts } });
}

/** An empty name removes it. Errors: not-found. */
export function withName(state: SessionsState, id: string, name: string): SessionsState {
  if (!state.list?.facts.some((facts) => facts.id === id)) throw new AppError('not-found');
  const names = new Map(state.names);
  if (name === '') names.delete(id);
  else names.set(id, name);
  return { ...state, names };
}

/** Of the list last shown: what came since then is still new. */
export function withAllSeen(state: SessionsState): SessionsState {
  return state.list ? { ...state, seen: new Set(state.list.facts.map(({ id }) => id)) } : state;
}

/** Whether names and marks are alike, so that nothing has to be written. */
export function hasSameNotes(a: SessionsState, b: SessionsState): boolean {
  const isSameName = ([id, name]: [string, string]) => b.names.get(id) === name;
  return (
    a.names.size === b.names.size &&
    [...a.names].every(isSameName) &&
    a.seen?.size === b.seen?.size &&
    [...(a.seen ?? [])].every((id) => b.seen?.has(id))
  );
}

function withoutGone(state: SessionsState): SessionsState {
  const ids = new Set(state.list?.facts.map(({ id }) => id));
  return {
    ...state,
    names: new Map([...state.names].filter(([id]) => ids.has(id))),
    seen: state.seen && new Set([...state.seen].filter((id) => ids.has(id))),
  };
}
