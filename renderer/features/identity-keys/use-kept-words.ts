import { computed } from 'vue';
import { useAppStore } from '../../account/app.store.ts';
import { t } from '../../lib/i18n/text.ts';

/**
 * What is said of private halves that are kept here: without a key store they are here only until the app is closed
 * (D3).
 */
export function useKeptWords() {
  const app = useAppStore();
  return computed(() => {
    const group = app.snapshot?.storage.protection === 'this-run-only' ? 'untilClose' : 'inVault';
    return {
      badge: t(`identityKeys.${group}.badge`),
      hint: t(`identityKeys.${group}.hint`),
      here: t(`identityKeys.${group}.here`),
      added: t(`identityKeys.${group}.added`),
      now: t(`identityKeys.${group}.now`),
      keepAllHint: t(`identityKeys.${group}.keepAllHint`),
    };
  });
}
