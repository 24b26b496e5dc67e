import { computed, shallowReadonly, shallowRef, watch, type Ref } from 'vue';
import type { CodeDiagnosis } from '../../../shared/contract/account/mfa.ts';
import { readDigits } from '../../../shared/typed-text.ts';

/**
 * Judges a code as soon as it is complete, before anything is sent (X1). `ask` gives undefined where there is nothing
 * to judge by.
 */
export function useDiagnosis(
  typed: Readonly<Ref<string>>,
  digits: Readonly<Ref<number>>,
  ask: (code: string) => Promise<CodeDiagnosis | undefined>,
) {
  const diagnosis = shallowRef<CodeDiagnosis>();
  /** The digits alone; undefined until there are enough of them. */
  const code = computed(() => readDigits(typed.value, digits.value));

  /** The verdict of now: a code that was right a minute ago may not be any more. Errors: those of the call. */
  async function judge(): Promise<CodeDiagnosis | undefined> {
    const asked = code.value;
    const answer = asked === undefined ? undefined : await ask(asked);
    if (asked === code.value) diagnosis.value = answer;
    return answer;
  }

  watch([code, digits], () => {
    diagnosis.value = undefined;
    // Without a network there is no verdict while typing; Register says what is wrong.
    judge().catch(() => undefined);
  });

  return { code, diagnosis: shallowReadonly(diagnosis), judge };
}
