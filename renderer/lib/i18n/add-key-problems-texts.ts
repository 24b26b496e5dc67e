import { enKeyProblems } from './en-key-problems.ts';
import { i18n, locale } from './i18n.ts';

// Imported by an import, which loads once there is one: the list of keys carries none of these texts.
i18n.global.mergeLocaleMessage(locale, { keyProblems: enKeyProblems });
