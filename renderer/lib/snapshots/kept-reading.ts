import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { asErrorShape } from '../errors/error-shape.ts';

/** What is kept on this computer for viewing without the provider. */
export interface Kept {
  readonly accountId: string;
  readonly source: 'provider' | 'cache';
  readonly sequence: number;
}

interface KeptReadingOptions<T extends Kept> {
  readonly read: (accountId: string, from: Kept['source']) => Promise<T>;
  /** Something newer is shown from now on; `before` is what was shown until now, if anything. */
  readonly onNewer?: (next: T, before: T | undefined) => void;
}

export interface KeptReading<T extends Kept> {
  readonly accountId: Readonly<Ref<string>>;
  readonly snapshot: Readonly<Ref<T | undefined>>;
  readonly isRefreshing: Readonly<Ref<boolean>>;
  readonly loadError: Readonly<Ref<ErrorShape | undefined>>;
  /** Takes over what came, unless it is of another account or older than what is shown. */
  apply(next: T): void;
  /** Asks the provider; without it the answer is what is kept, or `loadError`. */
  refresh(): Promise<void>;
  /** Shows what is kept here at once, then what the provider says. */
  open(accountId: string): Promise<void>;
}

/** Data of one account as it is known here: kept, then asked for, then told of. */
export function createKeptReading<T extends Kept>({ read, onNewer }: KeptReadingOptions<T>): KeptReading<T> {
  const accountId = shallowRef('');
  const snapshot = shallowRef<T>();
  const isRefreshing = shallowRef(false);
  const loadError = shallowRef<ErrorShape>();

  function apply(next: T): void {
    const before = snapshot.value;
    if (next.accountId !== accountId.value || (before && next.sequence < before.sequence)) return;
    snapshot.value = next;
    loadError.value = undefined;
    onNewer?.(next, before);
  }

  async function refresh(): Promise<void> {
    const id = accountId.value;
    isRefreshing.value = true;
    const settled = await read(id, 'provider').then(
      (next) => () => apply(next),
      (error: unknown) => () => (loadError.value = asErrorShape(error)),
    );
    // Another account may have been opened meanwhile.
    if (id !== accountId.value) return;
    settled();
    isRefreshing.value = false;
  }

  async function open(id: string): Promise<void> {
    accountId.value = id;
    snapshot.value = undefined;
    loadError.value = undefined;
    // Nothing kept is no fault: the provider is asked as well.
    await Promise.all([read(id, 'cache').then(apply, () => undefined), refresh()]);
  }

  return {
    accountId: shallowReadonly(accountId),
    snapshot: shallowReadonly(snapshot),
    isRefreshing: shallowReadonly(isRefreshing),
    loadError: shallowReadonly(loadError),
    apply,
    refresh,
    open,
  };
}
