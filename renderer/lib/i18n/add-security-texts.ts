import { enSecurity } from './en-security.ts';
import { i18n, locale } from './i18n.ts';

// Imported by every screen that loads late and speaks of security: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enSecurity);
