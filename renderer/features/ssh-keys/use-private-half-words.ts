import { computed } from 'vue';
import { useAppStore } from '../../account/app.store.ts';
import { t } from '../../lib/i18n/text.ts';

/**
 * What is said of private halves that are kept here: without a key store they are here only until the app is closed
 * (D3).
 */
export function usePrivateHalfWords() {
  const app = useAppStore();
  return computed(() => {
    const group = app.snapshot?.storage.protection === 'this-run-only' ? 'untilClose' : 'inVault';
    return {
      badge: t(`sshKeys.${group}.badge`),
      hint: t(`sshKeys.${group}.hint`),
      place: t(`sshKeys.${group}.place`),
      added: t(`sshKeys.${group}.added`),
      now: t(`sshKeys.${group}.now`),
      keepAllHint: t(`sshKeys.${group}.keepAllHint`),
    };
  });
}
