import { computed } from 'vue';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { useReauthStore } from '../../../account/reauth.store.ts';
import { formatList } from '../../../lib/formats.ts';
import { t } from '../../../lib/i18n/text.ts';
import { useProfileStore } from '../profile.store.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { pathsOf } from './field-path.ts';
import { needsReauth } from './field-state.ts';

/** What signs a person in: some providers ask for a proof for these alone, and then they are named. */
const signInFields: readonly FieldPath[] = ['user.username', 'contact.email'];

/** That saving asks for a proof first (E12), while the window is closed; undefined where nothing does. */
export function useProofNote() {
  const profile = useProfileStore();
  const accounts = useAccountsStore();
  const reauth = useReauthStore();

  return computed(() => {
    if (!reauth.isClosed) return undefined;
    const guarded = pathsOf(profile.snapshot?.sections).filter((path) => needsReauth(profile.stateOf(path)));
    if (guarded.length === 0) return undefined;
    const provider = accounts.current?.providerName ?? '';
    return guarded.every((path) => signInFields.includes(path))
      ? t('profile.asksForProofOf', { provider, fields: formatList(guarded.map(profile.labelOf)) })
      : t('profile.asksForProof', { provider });
  });
}
