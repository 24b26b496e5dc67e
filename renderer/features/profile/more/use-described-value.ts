import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import type { DescribedField } from '../../../../shared/contract/account/described-fields.ts';
import type { DescribedPath } from '../../../../shared/profile-fields.ts';
import { halfTyped } from '../draft/draft.ts';
import { isTexts } from '../fields/field-path.ts';
import { valueText } from '../fields/value-text.ts';
import { useProfileStore } from '../profile.store.ts';

/** What a described field holds, as its control takes it. `isHalfTyped`: a day of which a part is missing. */
export function useDescribedValue(of: MaybeRefOrGetter<DescribedField>, isHalfTyped: () => boolean) {
  const profile = useProfileStore();
  const field = computed(() => toValue(of));
  const path = computed((): DescribedPath => `more.${field.value.id}`);
  const value = computed(() => profile.valueOf(path.value));

  function change(next: string | readonly string[]): void {
    const { choices, kind } = field.value;
    profile.change(path.value, next, {
      label: profile.labelOf(path.value),
      value: valueText(path.value, next, choices, kind),
    });
  }

  return {
    /** One text. */
    text: computed({
      get: () => (value.value === halfTyped && field.value.kind === 'date' ? '' : profile.textOf(path.value)),
      set: (next) => change(next === '' && isHalfTyped() ? halfTyped : next),
    }),
    /** Several of them. */
    texts: computed({
      get: (): readonly string[] => (isTexts(value.value) ? value.value : []),
      set: change,
    }),
    /** What a locked field shows. */
    shown: computed(() =>
      value.value === '' || (isTexts(value.value) && value.value.length === 0)
        ? ''
        : valueText(path.value, value.value, field.value.choices, field.value.kind),
    ),
  };
}
