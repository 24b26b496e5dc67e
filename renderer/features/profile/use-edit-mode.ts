import { computed, shallowRef, watch, type Ref } from 'vue';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import { fieldPaths, splitPath } from './fields/field-path.ts';

/**
 * Where a provider gives access keys (C1) the page has two tabs, and its fields rest until Edit is pressed; Done is the
 * one Update of the page (W2). Elsewhere everything that may be changed can be at once.
 */
export function useEditMode(snapshot: Readonly<Ref<ProfileSnapshot | undefined>>, isDirty: Readonly<Ref<boolean>>) {
  const isEditing = shallowRef(false);
  const hasEditMode = computed(() => snapshot.value?.offers.includes('access-keys') ?? false);
  const isResting = computed(() => hasEditMode.value && !isEditing.value);
  const hasEditable = computed(() => fieldPaths.some((path) => accessOf(path) === 'editable'));

  // Another account, another start; a change that is there already is an Edit that goes on.
  watch([() => snapshot.value?.accountId, isDirty] as const, ([id, hasChanges], [before]) => {
    if (hasChanges) edit();
    else if (id !== before) rest();
  });

  function accessOf(path: (typeof fieldPaths)[number]): string | undefined {
    const [section, field] = splitPath(path);
    return (snapshot.value?.sections[section].access as Readonly<Record<string, { kind: string }>> | undefined)?.[field]
      ?.kind;
  }

  function edit(): void {
    isEditing.value = true;
  }

  function rest(): void {
    isEditing.value = false;
  }

  return {
    hasEditMode,
    isResting,
    hasEditable,
    edit,
    rest,
  };
}
