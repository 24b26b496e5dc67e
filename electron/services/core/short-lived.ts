import type { Clock } from '../ports.ts';

/** Values that are forgotten by themselves, and told goodbye: for secrets that must not stay in memory. */
export interface ShortLived<V> {
  get(key: string): V | undefined;
  /** What stood under `key` goes. `milliseconds` from now this goes too. */
  set(key: string, value: V, milliseconds: number): void;
  delete(key: string): void;
  /** Of all values, those that `isMeant`. */
  deleteWhere(isMeant: (value: V, key: string) => boolean): void;
}

export function createShortLived<V>(clock: Clock, onGone: (value: V) => void = () => undefined): ShortLived<V> {
  const entries = new Map<string, { readonly value: V; readonly timer: AbortController }>();

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    entry.timer.abort();
    onGone(entry.value);
  }

  return {
    get: (key) => entries.get(key)?.value,
    set(key, value, milliseconds) {
      remove(key);
      const timer = new AbortController();
      entries.set(key, { value, timer });
      clock.sleep(milliseconds, timer.signal).then(
        () => remove(key),
        // Aborted: it is gone already.
        () => undefined,
      );
    },
    delete: remove,
    deleteWhere(isMeant) {
      for (const [key, { value }] of [...entries]) if (isMeant(value, key)) remove(key);
    },
  };
}
