import { enIdentities } from './en-identities.ts';
import { i18n, locale } from './i18n.ts';

// Imported by every screen of linked identities, which load late: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enIdentities);
