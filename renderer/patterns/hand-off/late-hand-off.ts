import { withTexts } from '../../lib/i18n/language.ts';
import { loadLater } from '../../ui/late/load-later.ts';

/** Most services hand off little or nothing. */
export const HandOffButton = loadLater(withTexts(() => import('./HandOffButton.vue'), 'hand-off'));
