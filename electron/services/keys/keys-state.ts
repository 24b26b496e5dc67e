import type { AccessKeyFacts, AccessKeysState, ApiKeyFacts, ApiKeyState } from '../providers/account-keys.ts';
import type { StoredRotation } from './keys.stored.ts';

/** What is known here of the keys of one connection. Never changed in place, and never a secret. */
export interface KeysState {
  /** As last read; undefined if never. */
  readonly apiKey: Reading<ApiKeyState> | undefined;
  readonly accessKeys: Reading<AccessKeysState> | undefined;
  /** Key → the end that the person chose here (X3). */
  readonly ownEnds: ReadonlyMap<string, string>;
  /** Key → the last reminder given. */
  readonly reminded: ReadonlyMap<string, string>;
  readonly rotation: StoredRotation | null;
}

export interface Reading<S> {
  /** `provider` if it comes from the last answer, `cache` once a later one failed. */
  readonly source: 'provider' | 'cache';
  /** RFC 3339. */
  readonly takenAt: string;
  readonly state: S;
}

export const noKeys: KeysState = { apiKey: undefined, accessKeys: undefined, ownEnds: new Map(), reminded: new Map(), rotation: null };

/** An API key has no id; a new one in its place is another key. */
export function apiKeyRef({ createdAt, lastFour }: ApiKeyFacts): string {
  return `api ${createdAt} ${lastFour}`;
}

export function accessKeyRef({ id }: Pick<AccessKeyFacts, 'id'>): string {
  return `access ${id}`;
}

/** What was noted of keys goes with them, so that nothing grows. */
export function withoutGone(state: KeysState): KeysState {
  const { apiKey, accessKeys } = state;
  const refs = new Set([...(apiKey?.state.key ? [apiKeyRef(apiKey.state.key)] : []), ...(accessKeys?.state.keys.map(accessKeyRef) ?? [])]);
  const keep = (notes: ReadonlyMap<string, string>) => new Map([...notes].filter(([ref]) => refs.has(ref)));
  return { ...state, ownEnds: keep(state.ownEnds), reminded: keep(state.reminded) };
}

/** Null takes it away. */
export function withOwnEnd(state: KeysState, ref: string, ownEnd: string | null): KeysState {
  const ownEnds = new Map(state.ownEnds);
  if (ownEnd === null) ownEnds.delete(ref);
  else ownEnds.set(ref, new Date(ownEnd).toISOString());
  return { ...state, ownEnds };
}
