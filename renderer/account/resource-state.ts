import { computed, type ComputedRef } from 'vue';
import type { FieldAccess } from '../../shared/contract/account/profile.ts';
import { t } from '../lib/i18n/text.ts';
import type { Resource } from '../lib/resource/resource.ts';
import { useAccountsStore } from './accounts.store.ts';
import { lockReason } from './lock-reason.ts';

interface Readable {
  readonly source: 'provider' | 'cache';
}

type ShownResource<T> = Pick<Resource<T>, 'snapshot' | 'isRefreshing' | 'loadError'>;

/** Whether the provider was asked and is in reach, but has not answered. */
export function useIsStale({ snapshot, isRefreshing, loadError }: ShownResource<Readable>): ComputedRef<boolean> {
  const accounts = useAccountsStore();
  return computed(() => {
    if (isRefreshing.value || accounts.isOffline) return false;
    return snapshot.value?.source === 'cache' || loadError.value !== undefined;
  });
}

/** Why keys cannot be changed now, in words; undefined while they can be (X6). */
export function useKeysLock({
  snapshot,
  isRefreshing,
}: ShownResource<Readable & { readonly access: FieldAccess }>): ComputedRef<string | undefined> {
  const accounts = useAccountsStore();
  return computed(() => {
    const provider = accounts.current?.providerName ?? '';
    if (accounts.isOffline) return lockReason({ kind: 'offline' }, provider);
    if (!snapshot.value || (snapshot.value.source === 'cache' && isRefreshing.value))
      return t('keys.asking', { provider });
    return lockReason(snapshot.value.access, provider);
  });
}
