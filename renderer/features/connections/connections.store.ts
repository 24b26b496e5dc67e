import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Connection } from '../../../shared/contract/connections.ts';
import { useHost } from '../../host/host.ts';
import { createLiveSnapshot } from '../../lib/live-snapshot.ts';
import { useConnectionCalls } from './use-connection-calls.ts';

/** Every account on this computer, and which one is shown. */
export const useConnectionsStore = defineStore('connections', () => {
  const host = useHost();
  const {
    value: snapshot,
    start,
    set,
  } = createLiveSnapshot(host, 'connections.changed', () => host.calls.connections.list());
  /** The provider whose account was deleted (E10), until the person has seen it. */
  const deletedAt = shallowRef<string>();

  const connections = computed(() => snapshot.value?.connections ?? []);
  const current = computed(() => find(snapshot.value?.currentId ?? ''));
  const isOffline = computed(() => current.value?.state.kind === 'offline');

  function find(id: string): Connection | undefined {
    return connections.value.find((each) => each.id === id);
  }

  function noteDeleted(provider: string | undefined): void {
    deletedAt.value = provider;
  }

  async function reload(): Promise<void> {
    set(await host.calls.connections.list());
  }

  return {
    connections,
    current,
    isOffline,
    deletedAt,
    start,
    reload,
    noteDeleted,
    find,
    ...useConnectionCalls({ host, current, set }),
  };
});
