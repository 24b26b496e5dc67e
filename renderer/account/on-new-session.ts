import { watch, type Ref } from 'vue';
import type { useConnectionsStore } from './connections.store.ts';

/** Tells when a connection's session had ended and the person has signed in again. */
export function onNewSession(
  connections: ReturnType<typeof useConnectionsStore>,
  connectionId: Readonly<Ref<string>>,
  act: () => void,
): void {
  watch(
    () => [connectionId.value, connections.find(connectionId.value)?.state.kind] as const,
    ([id, kind], [idBefore, kindBefore]) => {
      if (id === idBefore && kindBefore === 'signed-out' && kind !== undefined) act();
    },
  );
}
