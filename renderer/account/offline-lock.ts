import type { Connection } from '../../shared/contract/connections.ts';
import { t } from '../lib/i18n/text.ts';

/** Why nothing can be changed while the provider can not be reached (X6). */
export function offlineLock({ state }: Connection): string | undefined {
  return state.kind === 'offline' ? t('profile.locked.offline') : undefined;
}
