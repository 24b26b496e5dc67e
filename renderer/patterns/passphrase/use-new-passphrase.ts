import { computed, reactive, shallowRef } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { checkPassphrase, type NewPassphrase } from '../../../shared/passphrase.ts';
import { fieldErrorText } from '../../lib/errors/field-error-text.ts';
import { t } from '../../lib/i18n/text.ts';

type Field = 'text' | 'repeat' | 'hint';

export const hasOuterBlank = (text: string): boolean => text !== text.trim();

/** A passphrase as it is being chosen: typed twice, with a hint, nothing trimmed without a question. */
export function useNewPassphrase(refusal: () => ErrorShape | undefined = () => undefined) {
  const typed = reactive({ text: '', repeat: '', hint: '' });
  const wasTried = shallowRef(false);
  /** The one whose blank the person wants. */
  const withBlank = shallowRef<string>();

  const asksForBlank = computed(() => hasOuterBlank(typed.text) && withBlank.value !== typed.text);
  const chosen = computed<NewPassphrase>(() => ({ text: typed.text, hint: typed.hint.trim() || null }));

  const mistakes = computed<Partial<Record<Field, string>>>(() => {
    if (!wasTried.value) return {};
    const found = { ...refusal()?.fields, ...checkPassphrase(chosen.value) };
    const blank = asksForBlank.value ? t('vault.blankOpen') : undefined;
    const text = found['passphrase'] ? fieldErrorText(found['passphrase']) : blank;
    return {
      ...(text !== undefined && { text }),
      ...(typed.repeat !== typed.text && { repeat: t('vault.notRepeated') }),
      ...(found['hint'] && { hint: fieldErrorText(found['hint']) }),
    };
  });

  /** Undefined while something is wrong with it, which the fields say from then on. */
  function take(): NewPassphrase | undefined {
    wasTried.value = true;
    return Object.keys(mistakes.value).length > 0 ? undefined : chosen.value;
  }

  function keepBlank(): void {
    withBlank.value = typed.text;
  }

  /** In the repetition too, where it has the same. */
  function dropBlank(): void {
    typed.text = typed.text.trim();
    typed.repeat = typed.repeat.trim();
  }

  return { typed, mistakes, asksForBlank, take, keepBlank, dropBlank };
}

export type ChosenPassphrase = ReturnType<typeof useNewPassphrase>;
