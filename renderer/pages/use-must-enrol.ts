import { computed, type ComputedRef } from 'vue';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';

/**
 * Whether nothing else opens before two-step verification is on (E6): it is said so, or the profile is refused without
 * it.
 */
export function useMustEnrol(): ComputedRef<boolean> {
  const mfa = useMfaStore();
  const profile = useProfileStore();
  return computed(
    () => !mfa.status?.isOn && (mfa.status?.isForced === true || profile.loadError?.code === 'mfa-required'),
  );
}
