import { t } from '../lib/i18n/text.ts';
import type { FieldState } from '../features/profile/use-fields.ts';

/** Why a field is locked, in words (X6); undefined if it is not, or if that is not known yet. */
export function lockReason(state: FieldState, provider: string): string | undefined {
  switch (state.kind) {
    case 'needs-permission':
      return t('profile.locked.needsPermission', { permission: state.permission });
    case 'set-by-provider':
      return t('profile.locked.setByProvider', { provider });
    case 'offline':
      return t('profile.locked.offline');
    case 'editable':
    case 'pending':
    case 'resting':
    case 'not-offered':
      return undefined;
  }
}
