import { shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { ProfileSnapshot } from '../../../shared/contract/profile.ts';
import type { Host } from '../../host/host.ts';
import { asErrorShape } from '../../lib/error-shape.ts';

/** `before` is what was shown until now, if anything. */
type OnNewer = (next: ProfileSnapshot, before: ProfileSnapshot | undefined) => void;

/** One connection's profile as it is known here: kept, then asked for, then told of. */
export function useProfileReading(host: Host, onNewer: OnNewer) {
  const connectionId = shallowRef('');
  const snapshot = shallowRef<ProfileSnapshot>();
  const isRefreshing = shallowRef(false);
  const loadError = shallowRef<ErrorShape>();

  function apply(next: ProfileSnapshot): void {
    const before = snapshot.value;
    if (next.connectionId !== connectionId.value || (before && isOlder(next, before))) return;
    snapshot.value = next;
    loadError.value = undefined;
    onNewer(next, before);
  }

  /** Asks the provider; without it the answer is what is kept, or an error. */
  async function refresh(): Promise<void> {
    const id = connectionId.value;
    isRefreshing.value = true;
    const settled = await host.calls.profile.get({ connectionId: id, from: 'provider' }).then(
      (next) => () => apply(next),
      (error: unknown) => () => (loadError.value = asErrorShape(error)),
    );
    // Another connection may have been opened meanwhile.
    if (id !== connectionId.value) return;
    settled();
    isRefreshing.value = false;
  }

  /** Shows what is kept here at once, then what the provider says. */
  async function open(id: string): Promise<void> {
    connectionId.value = id;
    snapshot.value = undefined;
    loadError.value = undefined;
    const kept = host.calls.profile.get({ connectionId: id, from: 'cache' });
    // Nothing kept is no fault: the provider is asked as well.
    await Promise.all([kept.then(apply, () => undefined), refresh()]);
  }

  return {
    connectionId: shallowReadonly(connectionId),
    snapshot: shallowReadonly(snapshot),
    isRefreshing: shallowReadonly(isRefreshing),
    loadError: shallowReadonly(loadError),
    apply,
    refresh,
    open,
  };
}

function isOlder(next: ProfileSnapshot, shown: ProfileSnapshot): boolean {
  const lead = Date.parse(shown.takenAt) - Date.parse(next.takenAt);
  // The cache holds what the provider said last, but locked.
  return lead > 0 || (lead === 0 && next.source === 'cache' && shown.source === 'provider');
}
