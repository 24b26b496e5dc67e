import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { EventMap } from '../../../shared/rpc/define.ts';
import type { Host } from '../../host/host.ts';
import { asErrorShape } from '../errors/error-shape.ts';

type Events = EventMap<AppContract>;
/** Events that carry the whole new state of something. */
export type ChangeEvent = keyof Events & `${string}.changed`;

/** What the snapshot of an account begins with. That of the app itself has none of it, and belongs to account ''. */
interface Head {
  readonly accountId: string;
  readonly source: 'provider' | 'cache';
  readonly sequence: number;
}

export interface ResourceOptions<T> {
  readonly read: (accountId: string, from: Head['source']) => Promise<T>;
  /** Whether the services can show what they saw last before the provider has answered. */
  readonly hasCache?: boolean;
  /** Decides when an event is taken over; at once where it is absent. */
  readonly onEvent?: (apply: () => void) => void;
  /** Something newer is shown from now on; `before` is what was shown until now, if anything. */
  readonly onNewer?: (next: T, before: T | undefined) => void;
}

export interface Resource<T> {
  /** Of whom it is shown; empty before the first `open`. */
  readonly accountId: Readonly<Ref<string>>;
  readonly snapshot: Readonly<Ref<T | undefined>>;
  readonly isRefreshing: Readonly<Ref<boolean>>;
  /** Why it could not be read; undefined once it is known. */
  readonly loadError: Readonly<Ref<ErrorShape | undefined>>;
  /** Takes over what came, unless it is of another account or older than what is shown. */
  apply(next: T): void;
  /** Asks anew. Without an answer what is shown stays, and `loadError` says why. */
  refresh(): Promise<void>;
  /**
   * Asks, and listens from then on. Of another account than before nothing old is shown meanwhile: the cache at once,
   * where there is one, then what the provider says.
   */
  open(accountId?: string): Promise<void>;
}

/** Something that the services know: asked for when it is opened and when events may have been missed, else told. */
export function createResource<K extends ChangeEvent>(
  host: Host,
  changed: K,
  { read, hasCache = false, onEvent = (apply) => apply(), onNewer }: ResourceOptions<Events[K]>,
): Resource<Events[K]> {
  const accountId = shallowRef('');
  const snapshot = shallowRef<Events[K]>();
  const isRefreshing = shallowRef(false);
  const loadError = shallowRef<ErrorShape>();
  let isListening = false;
  /** The number of what is shown; 0 as long as no more than the cache is. */
  let shown = 0;
  let count = 0;

  /** The larger number is later. What has none counts from when it was asked for or, by itself, from when it came. */
  function apply(next: Events[K], number = (count += 1)): void {
    const { accountId: owner = '', sequence = number } = headOf(next);
    const before = snapshot.value;
    if (owner !== accountId.value || (before && sequence < shown)) return;
    shown = sequence;
    snapshot.value = next;
    // The cache says nothing of why the provider did not answer.
    if (shown > 0) loadError.value = undefined;
    onNewer?.(next, before);
  }

  async function refresh(): Promise<void> {
    const [id, number, before] = [accountId.value, (count += 1), shown];
    isRefreshing.value = true;
    const settle = await read(id, 'provider').then(
      (next) => () => apply(next, number),
      (error: unknown) => () => {
        // What came meanwhile is newer than the failure.
        if (shown === before) loadError.value = asErrorShape(error);
      },
    );
    // Another account may have been opened meanwhile.
    if (id !== accountId.value) return;
    isRefreshing.value = false;
    settle();
  }

  async function open(id = ''): Promise<void> {
    if (!isListening) {
      isListening = true;
      host.on(changed, (next) => onEvent(() => apply(next)));
      host.onResync(() => void refresh());
    }
    if (id === accountId.value) return refresh();
    accountId.value = id;
    snapshot.value = loadError.value = undefined;
    shown = 0;
    // Nothing in the cache is no fault: the provider is asked as well.
    const cached = hasCache ? read(id, 'cache').then(apply, () => undefined) : undefined;
    await Promise.all([cached, refresh()]);
  }

  return {
    accountId: shallowReadonly(accountId),
    snapshot: shallowReadonly(snapshot),
    isRefreshing: shallowReadonly(isRefreshing),
    loadError: shallowReadonly(loadError),
    apply: (next) => apply(next),
    refresh,
    open,
  };
}

function headOf(snapshot: object): Partial<Head> {
  return snapshot;
}
