import { computed } from 'vue';
import type { AppContract } from '../../shared/contract/index.ts';
import type { EventMap } from '../../shared/rpc/define.ts';
import type { Host } from '../host/host.ts';
import { t } from '../lib/i18n/text.ts';
import { createKeptReading, type Kept } from '../lib/snapshots/kept-reading.ts';
import { useAccountsStore } from './accounts.store.ts';
import { lockReason } from './lock-reason.ts';

type KeysEvents = Pick<EventMap<AppContract>, 'apiKey.changed' | 'accessKeys.changed' | 'sshKeys.changed'>;

/** Keys of the account that is shown, and why they cannot be changed now. */
export function createKeysReading<K extends keyof KeysEvents>(
  host: Host,
  changed: K,
  read: (accountId: string, from: Kept['source']) => Promise<KeysEvents[K]>,
) {
  const accounts = useAccountsStore();
  const reading = createKeptReading<KeysEvents[K]>({ read });
  const { accountId, snapshot, isRefreshing } = reading;
  let isListening = false;

  /** In words; undefined while they can be changed (X6). */
  const lock = computed(() => {
    const provider = accounts.current?.providerName ?? '';
    if (accounts.isOffline) return lockReason({ kind: 'offline' }, provider);
    if (!snapshot.value || (snapshot.value.source === 'cache' && isRefreshing.value))
      return t('keys.asking', { provider });
    return lockReason(snapshot.value.access, provider);
  });

  /** The provider was asked and is in reach, but has not told. */
  const isStale = computed(
    () =>
      !isRefreshing.value &&
      !accounts.isOffline &&
      (snapshot.value?.source === 'cache' || reading.loadError.value !== undefined),
  );

  /** The screens load late, so the store listens from when it is first needed. */
  function listen(): void {
    if (isListening) return;
    isListening = true;
    host.on(changed, reading.apply);
    host.onResync(() => void (accountId.value && reading.refresh()));
  }

  /** Another account's keys, or the same ones anew. */
  async function open(id: string): Promise<void> {
    listen();
    await (id === accountId.value ? reading.refresh() : reading.open(id));
  }

  return { ...reading, lock, isStale, open };
}
