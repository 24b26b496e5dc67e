import { enAccount } from './en-account.ts';
import { i18n, locale } from './i18n.ts';

// Imported by the parts of the profile that load late: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enAccount);
