import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Connection } from '../../../shared/contract/connections.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { useHost } from '../../host/host.ts';
import { asErrorShape } from '../../lib/error-shape.ts';
import { createLiveSnapshot } from '../../lib/live-snapshot.ts';

/** Every account on this computer, and which one is shown. */
export const useConnectionsStore = defineStore('connections', () => {
  const host = useHost();
  const {
    value: snapshot,
    start,
    set,
  } = createLiveSnapshot(host, 'connections.changed', () => host.calls.connections.list());
  const isChecking = shallowRef(false);
  const error = shallowRef<ErrorShape>();
  /** The provider that could not be told of the last sign-out; its name, for the screen that follows. */
  const untoldProvider = shallowRef<string>();
  /** The provider whose account was deleted (E10), until the person has seen it. */
  const deletedAt = shallowRef<string>();

  const connections = computed(() => snapshot.value?.connections ?? []);
  const current = computed(() => find(snapshot.value?.currentId ?? ''));
  const isOffline = computed(() => current.value?.state.kind === 'offline');

  function find(id: string): Connection | undefined {
    return connections.value.find((each) => each.id === id);
  }

  async function select(id: string): Promise<void> {
    set(await host.calls.connections.select({ id }));
  }

  /** Asks the provider of the current connection again; the answer arrives as its new state. */
  async function check(): Promise<void> {
    if (!current.value || isChecking.value) return;
    isChecking.value = true;
    try {
      await host.calls.connections.check({ id: current.value.id });
    } catch (reason) {
      error.value = asErrorShape(reason);
    } finally {
      isChecking.value = false;
    }
  }

  /** With `forget` everything of it goes from this computer. Returns whether it worked; `error` says why not. */
  async function signOut(connection: Connection, { forget }: { forget: boolean }): Promise<boolean> {
    error.value = undefined;
    try {
      const { providerTold } = await host.calls.auth.signOut({ connectionId: connection.id, forget });
      untoldProvider.value = providerTold ? undefined : connection.providerName;
      set(await host.calls.connections.list());
      return true;
    } catch (reason) {
      error.value = asErrorShape(reason);
      return false;
    }
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
    isChecking,
    error,
    untoldProvider,
    deletedAt,
    start,
    reload,
    noteDeleted,
    find,
    select,
    check,
    signOut,
  };
});
