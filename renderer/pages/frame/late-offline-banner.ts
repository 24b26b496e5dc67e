import { withTexts } from '../../lib/i18n/language.ts';
import { loadLater } from '../../ui/late/load-later.ts';

/** Fetched when the service is away: no start waits for it. */
export const OfflineBanner = loadLater(withTexts(() => import('../../patterns/OfflineBanner.vue'), 'offline'));
