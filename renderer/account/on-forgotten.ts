import { watch } from 'vue';
import type { useConnectionsStore } from './connections.store.ts';

/** Tells of each account that is no longer on this computer, before anything else hears of the new list. */
export function onForgotten(
  connections: ReturnType<typeof useConnectionsStore>,
  act: (connectionId: string) => void,
): void {
  watch(
    () => connections.connections.map(({ id }) => id),
    (ids, before) => before.filter((id) => !ids.includes(id)).forEach(act),
    { flush: 'sync' },
  );
}
