import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { EventMap } from '../../../shared/rpc/define.ts';
import type { Host } from '../../host/host.ts';

export interface LiveSnapshot<T> {
  readonly value: Readonly<Ref<T | undefined>>;
  /** Takes the snapshot and listens from then on; again after a failure. Errors: those of the read. */
  start(): Promise<void>;
  /** Takes over what a call has answered. */
  set(value: T): void;
}

/** One snapshot, then events; a new snapshot when events may have been missed. */
export function createLiveSnapshot<K extends keyof EventMap<AppContract> & string>(
  host: Host,
  changed: K,
  read: () => Promise<EventMap<AppContract>[K]>,
): LiveSnapshot<EventMap<AppContract>[K]> {
  const value = shallowRef<EventMap<AppContract>[K]>();
  let changes = 0;
  let isListening = false;

  function set(next: EventMap<AppContract>[K]): void {
    changes += 1;
    value.value = next;
  }

  async function take(): Promise<void> {
    const before = changes;
    const snapshot = await read();
    // An event that came meanwhile is newer than the answer.
    if (changes === before) set(snapshot);
  }

  return {
    value: shallowReadonly(value),
    set,
    start() {
      if (isListening) return take();
      isListening = true;
      host.on(changed, set);
      // Without a shell there is nothing to read, and the page as a whole says so.
      host.onResync(() => void take().catch(() => undefined));
      return take();
    },
  };
}
