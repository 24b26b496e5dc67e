import { computed, type ComputedRef } from 'vue';
import { useConnectionsStore } from '../account/connections.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';

/** The person's names, username and e-mail address, as far as they are known here. */
export function usePersonalWords(): ComputedRef<readonly string[]> {
  const connections = useConnectionsStore();
  const profile = useProfileStore();
  return computed(() => {
    const { name = '', email = '' } = connections.current?.person ?? {};
    if (!profile.snapshot || profile.snapshot.connectionId !== connections.current?.id) return [name, email];
    const { user, contact } = profile.snapshot.sections;
    const { firstName, lastName, username } = user.values;
    return [firstName, lastName, username, contact.values.email].map((value) => value ?? '').filter(Boolean);
  });
}
