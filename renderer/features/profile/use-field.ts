import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { fieldErrorText } from '../../lib/field-error-text.ts';
import { useConnectionsStore } from '../connections/connections.store.ts';
import { fieldLabel } from './field-label.ts';
import type { FieldPath } from './field-path.ts';
import { lockReason } from './lock-reason.ts';
import { useProfileStore } from './profile.store.ts';

/** What every control of the profile shows of its field, whatever kind it is of. */
export function useField(of: MaybeRefOrGetter<FieldPath>) {
  const profile = useProfileStore();
  const connections = useConnectionsStore();
  const path = computed(() => toValue(of));
  const state = computed(() => profile.stateOf(path.value));

  return {
    label: computed(() => fieldLabel(path.value)),
    state,
    isEditable: computed(() => state.value.kind === 'editable'),
    isChanged: computed(() => profile.changed.includes(path.value)),
    /** Why it is locked (X6). */
    reason: computed(() => lockReason(state.value, connections.current?.providerName ?? '')),
    /** One banner says that for all. */
    isReasonHidden: computed(() => state.value.kind === 'offline'),
    error: computed(() => {
      const found = profile.outcome.fieldErrors.get(path.value);
      return found && fieldErrorText(found);
    }),
  };
}
