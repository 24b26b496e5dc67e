import { enSessions } from './en-sessions.ts';
import { i18n, locale } from './i18n.ts';

// Imported by the sessions screen, which loads late: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enSessions);
