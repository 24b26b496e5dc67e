import { enUpdate } from './en-update.ts';
import { i18n, locale } from './i18n.ts';

// Imported by the messages of an Update, which load when there is one.
i18n.global.mergeLocaleMessage(locale, enUpdate);
