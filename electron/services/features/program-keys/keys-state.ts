import type {
  AccessKeyFacts,
  AccessKeysState,
  ApiKeyFacts,
  ApiKeyState,
  KeysOffer,
} from '../../provider/account-keys.ts';
import type { Reading } from '../../resources/cached-resource.ts';
import type { StoredRotation } from './keys.stored.ts';
import { noneLost, type LostKeys } from './lost-keys.ts';

/** What is known here of the keys of one account. Never changed in place, and never a secret. */
export interface KeysState {
  /** As last read; undefined if never. */
  readonly apiKey: Reading<ApiKeyState> | undefined;
  readonly accessKeys: Reading<AccessKeysState> | undefined;
  /** Key → the end that the person chose here (X3). */
  readonly ownEnds: ReadonlyMap<string, string>;
  /** Key → the last reminder given. */
  readonly reminded: ReadonlyMap<string, string>;
  readonly lost: Readonly<Record<KeyKind, LostKeys>>;
  readonly rotation: StoredRotation | null;
}

export type KeyKind = 'apiKey' | 'accessKeys';

export const noKeys: KeysState = {
  apiKey: undefined,
  accessKeys: undefined,
  ownEnds: new Map(),
  reminded: new Map(),
  lost: { apiKey: noneLost, accessKeys: noneLost },
  rotation: null,
};

const accessKeyPrefix = 'access ';

/** An API key has no id; a new one in its place is another key. */
export function apiKeyRef({ createdAt, lastFour }: ApiKeyFacts): string {
  return `api ${createdAt} ${lastFour}`;
}

export function accessKeyRef({ id }: Pick<AccessKeyFacts, 'id'>): string {
  return accessKeyPrefix + id;
}

/**
 * What was noted of keys goes with them, so that nothing grows. It stays while keys of its kind are not offered: what
 * disappears for a moment must not take along what the person chose.
 */
export function withoutGone(state: KeysState): KeysState {
  const { apiKey, accessKeys } = state;
  const refs = new Set([
    ...(apiKey?.state.key ? [apiKeyRef(apiKey.state.key)] : []),
    ...(accessKeys?.state.keys.map(accessKeyRef) ?? []),
  ]);
  const isWanted = (ref: string) =>
    refs.has(ref) || !isOffered((ref.startsWith(accessKeyPrefix) ? accessKeys : apiKey)?.state);
  const keep = (notes: ReadonlyMap<string, string>) => new Map([...notes].filter(([ref]) => isWanted(ref)));
  return { ...state, ownEnds: keep(state.ownEnds), reminded: keep(state.reminded) };
}

export function isOffered(state: KeysOffer | undefined): boolean {
  return state !== undefined && state.access.kind !== 'not-offered';
}

/** Null takes it away. */
export function withOwnEnd(state: KeysState, ref: string, ownEnd: string | null): KeysState {
  const ownEnds = new Map(state.ownEnds);
  if (ownEnd === null) ownEnds.delete(ref);
  else ownEnds.set(ref, new Date(ownEnd).toISOString());
  return { ...state, ownEnds };
}

export function withLost(state: KeysState, kind: KeyKind, change: (lost: LostKeys) => LostKeys): KeysState {
  return { ...state, lost: { ...state.lost, [kind]: change(state.lost[kind]) } };
}
