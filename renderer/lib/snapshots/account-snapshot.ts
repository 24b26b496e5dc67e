import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { EventMap } from '../../../shared/rpc/define.ts';
import type { Host } from '../../host/host.ts';
import { asErrorShape } from '../errors/error-shape.ts';

type Events = EventMap<AppContract>;
/** Events that belong to one account. */
type OwnedEvent = {
  [K in keyof Events & string]: Events[K] extends { accountId: string } ? K : never;
}[keyof Events & string];

export interface AccountSnapshot<T> {
  readonly value: Readonly<Ref<T | undefined>>;
  /** Why it could not be read; undefined once it is known. */
  readonly error: Readonly<Ref<ErrorShape | undefined>>;
  readonly isReading: Readonly<Ref<boolean>>;
  start(): void;
  /** Asks anew; of another account than before, nothing old is shown meanwhile. */
  open(accountId: string): Promise<void>;
  refresh(): Promise<void>;
  /** Takes over what a call has answered. */
  set(value: T): void;
}

/** What is known of the account that is shown: asked for when it is opened, then told of by events. */
export function createAccountSnapshot<K extends OwnedEvent>(
  host: Host,
  changed: K,
  read: (accountId: string) => Promise<Events[K]>,
): AccountSnapshot<Events[K]> {
  const value = shallowRef<Events[K]>();
  const error = shallowRef<ErrorShape>();
  const isReading = shallowRef(false);
  let shown = '';
  let changes = 0;

  function set(next: Events[K]): void {
    if (next.accountId !== shown) return;
    changes += 1;
    value.value = next;
    error.value = undefined;
  }

  async function refresh(): Promise<void> {
    const [asked, before] = [shown, changes];
    isReading.value = true;
    const settle = await read(asked).then(
      (next) => () => set(next),
      (reason: unknown) => () => void (error.value = asErrorShape(reason)),
    );
    if (asked !== shown) return;
    isReading.value = false;
    // An event that came meanwhile is newer than the answer.
    if (changes === before) settle();
  }

  return {
    value: shallowReadonly(value),
    error: shallowReadonly(error),
    isReading: shallowReadonly(isReading),
    set,
    refresh,
    open(accountId) {
      if (accountId !== shown) {
        value.value = undefined;
        error.value = undefined;
      }
      shown = accountId;
      return refresh();
    },
    start() {
      host.on(changed, set);
      host.onResync(() => void (shown && refresh()));
    },
  };
}
