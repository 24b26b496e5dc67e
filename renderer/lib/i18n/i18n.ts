import { createI18n } from 'vue-i18n';
import { compileMessage } from './compile-message.ts';
import { en } from './en.ts';

/** The language of texts, dates and country names alike. */
export const locale = 'en';

export const i18n = createI18n({
  legacy: false,
  locale,
  messages: { en },
  warnHtmlMessage: false,
  messageCompiler: compileMessage,
});
