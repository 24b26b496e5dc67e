import { computed } from 'vue';
import type { AppContract } from '../../shared/contract/index.ts';
import type { EventMap } from '../../shared/rpc/define.ts';
import type { Host } from '../host/host.ts';
import { t } from '../lib/i18n/text.ts';
import { createKeptReading, type Kept } from '../lib/snapshots/kept-reading.ts';
import { useConnectionsStore } from './connections.store.ts';
import { lockReason } from './lock-reason.ts';

type KeysEvents = Pick<EventMap<AppContract>, 'apiKey.changed' | 'accessKeys.changed' | 'identityKeys.changed'>;

/** Keys of the connection that is shown, and why they cannot be changed now. */
export function createKeysReading<K extends keyof KeysEvents>(
  host: Host,
  changed: K,
  read: (connectionId: string, from: Kept['source']) => Promise<KeysEvents[K]>,
) {
  const connections = useConnectionsStore();
  const reading = createKeptReading<KeysEvents[K]>({ read });
  const { connectionId, snapshot, isRefreshing } = reading;
  let isListening = false;

  /** In words; undefined while they can be changed (X6). */
  const lock = computed(() => {
    const provider = connections.current?.providerName ?? '';
    if (connections.isOffline) return lockReason({ kind: 'offline' }, provider);
    if (!snapshot.value || (snapshot.value.source === 'cache' && isRefreshing.value))
      return t('keys.asking', { provider });
    return lockReason(snapshot.value.access, provider);
  });

  /** The provider was asked and is in reach, but has not told. */
  const isStale = computed(
    () =>
      !isRefreshing.value &&
      !connections.isOffline &&
      (snapshot.value?.source === 'cache' || reading.loadError.value !== undefined),
  );

  /** The screens load late, so the store listens from when it is first needed. */
  function listen(): void {
    if (isListening) return;
    isListening = true;
    host.on(changed, reading.apply);
    host.onResync(() => void (connectionId.value && reading.refresh()));
  }

  /** Another connection's keys, or the same ones anew. */
  async function open(id: string): Promise<void> {
    listen();
    await (id === connectionId.value ? reading.refresh() : reading.open(id));
  }

  return { ...reading, lock, isStale, open };
}
