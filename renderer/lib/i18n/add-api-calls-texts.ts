import { enApiCalls } from './en-api-calls.ts';
import { i18n, locale } from './i18n.ts';

// Imported by what loads late and speaks of the API: the first screen carries none of these texts.
i18n.global.mergeLocaleMessage(locale, enApiCalls);
