import type { Account } from '../../shared/contract/account/accounts.ts';
import type { FieldAccess } from '../../shared/contract/account/profile.ts';
import { t } from '../lib/i18n/text.ts';

/** Why something is locked, in words (X6); undefined if it is not. */
export function lockReason(access: FieldAccess, provider: string): string | undefined {
  switch (access.kind) {
    case 'needs-permission':
      return t('account.locked.needsPermission', { permission: access.permission });
    case 'set-by-provider':
      return t('account.locked.setByProvider', { provider });
    case 'hand-off':
      return t('account.locked.handOff', { page: access.page });
    case 'offline':
      return t('account.locked.offline');
    case 'editable':
    case 'not-offered':
      return undefined;
  }
}

/** Why nothing can be changed while the provider cannot be reached (X6). */
export function offlineLock({ state }: Account): string | undefined {
  return state.kind === 'offline' ? t('account.locked.offline') : undefined;
}
