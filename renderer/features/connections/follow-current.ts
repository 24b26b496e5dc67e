import { watch } from 'vue';
import { useConnectionsStore } from './connections.store.ts';

/** Opens the connection that is shown: at once, when it is another one, and when it can be reached again. */
export function followCurrent(open: (connectionId: string) => Promise<void>): void {
  const connections = useConnectionsStore();
  const usableId = () => (connections.current?.state.kind === 'signed-out' ? undefined : connections.current?.id);
  watch([usableId, () => connections.isOffline], ([id]) => id && void open(id), { immediate: true });
}
