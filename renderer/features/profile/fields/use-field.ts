import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { lockReason } from '../../../account/lock-reason.ts';
import { fieldErrorText } from '../../../lib/errors/field-error-text.ts';
import { useProfileStore } from '../profile.store.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { needsReauth, type FieldState } from './field-state.ts';
import { useProofNote } from './use-proof-note.ts';

/** What every control of the profile shows of its field, whatever kind it is of. */
export function useField(of: MaybeRefOrGetter<FieldPath>) {
  const profile = useProfileStore();
  const accounts = useAccountsStore();
  const proofNote = useProofNote();
  const path = computed(() => toValue(of));
  const state = computed(() => profile.stateOf(path.value));
  const provider = computed(() => accounts.current?.providerName ?? '');
  const lock = computed(() => lockOf(state.value, provider.value));
  const error = computed(() => {
    const found = profile.outcome.fieldErrors.get(path.value);
    // That it is locked is said by the reason, and once.
    return found?.code === 'locked' && lock.value ? lock.value : found && fieldErrorText(found);
  });

  return {
    label: computed(() => profile.labelOf(path.value)),
    state,
    isEditable: computed(() => state.value.kind === 'editable'),
    isChanged: computed(() => profile.changed.includes(path.value)),
    /** Why it is locked (X6). */
    reason: computed(() => (error.value === lock.value ? undefined : lock.value)),
    /** One banner says that for all. */
    isReasonHidden: computed(() => state.value.kind === 'offline'),
    /** What saving it asks for first (E12); said in sight once for all, by the page. */
    note: computed(() => (needsReauth(state.value) ? proofNote.value : undefined)),
    error,
  };
}

/** Undefined also where that is not known yet, or Edit was not pressed. */
function lockOf(state: FieldState, provider: string): string | undefined {
  return isAccess(state) ? lockReason(state, provider) : undefined;
}

function isAccess(state: FieldState): state is FieldAccess {
  return state.kind !== 'pending' && state.kind !== 'resting';
}
