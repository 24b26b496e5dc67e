import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { Connection } from '../../shared/contract/account/connections.ts';
import { useHost } from '../host/host.ts';
import { createLiveSnapshot } from '../lib/snapshots/live-snapshot.ts';
import { useConnectionCalls } from './use-connection-calls.ts';

/** Every account on this computer, and which one is shown. */
export const useConnectionsStore = defineStore('connections', () => {
  const host = useHost();
  const {
    value: snapshot,
    start,
    set,
  } = createLiveSnapshot(host, 'connections.changed', () => host.calls.connections.list());

  const connections = computed(() => snapshot.value?.connections ?? []);
  const current = computed(() => find(snapshot.value?.currentId ?? ''));
  const isOffline = computed(() => current.value?.state.kind === 'offline');

  function find(id: string): Connection | undefined {
    return connections.value.find((each) => each.id === id);
  }

  async function reload(): Promise<void> {
    set(await host.calls.connections.list());
  }

  return {
    connections,
    current,
    isOffline,
    start,
    reload,
    find,
    ...useConnectionCalls({ host, current, set }),
  };
});
