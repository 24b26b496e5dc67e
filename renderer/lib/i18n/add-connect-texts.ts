import { enConnect } from './en-connect.ts';
import { i18n, locale } from './i18n.ts';

// Imported by the steps of a sign-in, the account menu and the offline banner, which load late.
i18n.global.mergeLocaleMessage(locale, enConnect);
