import type { MessageCompiler, MessageContext } from 'vue-i18n';

/**
 * Our messages are plain text with `{name}` to fill in and `|` between singular and plural. vue-i18n's own compiler
 * reads far more than that and would be a sixteenth of the first screen; this takes its place.
 */
export const compileMessage: MessageCompiler = (message) => {
  const forms = String(message)
    .split('|')
    .map((form) => form.trim());
  return (context: MessageContext<string>) => {
    const form = forms.length > 1 ? context.plural(forms) : (forms[0] ?? '');
    return form.replace(/\{(\w+)\}/g, (_match: string, name: string) => String(context.named(name)));
  };
};
