import { enKeys } from './en-keys.ts';
import { i18n, locale } from './i18n.ts';

// Imported by every screen of keys for programs, which load late: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enKeys);
