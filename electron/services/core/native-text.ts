import texts from '../../../locales/en/native.json' with { type: 'json' };
import { createTranslate } from '../../../shared/i18n.ts';

/** The language of menus, dialogs, notifications, saved files and pages in the browser. */
export const nativeLanguage = 'en';

/** A text that a person reads outside of our window. */
export const nativeText = createTranslate(texts, nativeLanguage);
