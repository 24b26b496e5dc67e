import { enIdentityKeys } from './en-identity-keys.ts';
import { i18n, locale } from './i18n.ts';

// Imported by the screen of identity keys, which loads late: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enIdentityKeys);
