import { computed, type ComputedRef } from 'vue';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';

/** The person's names, username and e-mail address, as far as they are known here. */
export function usePersonalWords(): ComputedRef<readonly string[]> {
  const accounts = useAccountsStore();
  const profile = useProfileStore();
  return computed(() => {
    const { name = '', email = '' } = accounts.current?.person ?? {};
    if (!profile.snapshot || profile.snapshot.accountId !== accounts.current?.id) return [name, email];
    const { user, contact } = profile.snapshot.sections;
    const { firstName, lastName, username } = user.values;
    return [firstName, lastName, username, contact.values.email].map((value) => value ?? '').filter(Boolean);
  });
}
