import { computed, shallowReactive, type Ref } from 'vue';
import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import { fieldPaths, type FieldPath, type FieldValue } from '../fields/field-path.ts';
import { changeField, emptyDraft, isConflicting, keepMine, rebase, without, type Draft } from './draft.ts';

/** The unsaved changes of each account, in memory: neither another screen nor a lost session takes them along. */
export function useDrafts(accountId: Readonly<Ref<string>>, snapshot: Readonly<Ref<ProfileSnapshot | undefined>>) {
  const drafts = shallowReactive(new Map<string, Draft>());
  const draft = computed({
    get: () => drafts.get(accountId.value) ?? emptyDraft,
    set(next) {
      if (next.size > 0) drafts.set(accountId.value, next);
      else drafts.delete(accountId.value);
    },
  });
  /** In the order of the screen. */
  const changed = computed(() => fieldPaths.filter((path) => draft.value.has(path)));
  const conflicts = computed(() => changed.value.filter((path) => isConflicting(draft.value.get(path))));

  return {
    draft,
    changed,
    conflicts,
    isDirty: computed(() => changed.value.length > 0),
    change(path: FieldPath, value: FieldValue): void {
      if (snapshot.value) draft.value = changeField(draft.value, snapshot.value.sections, path, value);
    },
    /** Back to the provider's value, also where it changed meanwhile. */
    undo: (path: FieldPath) => void (draft.value = without(draft.value, path)),
    keepMine: (path: FieldPath) => void (draft.value = keepMine(draft.value, path)),
    /** Drops every change. Returns what brings them back; what was typed since goes before them. */
    discard(): () => void {
      const [id, dropped] = [accountId.value, draft.value];
      drafts.delete(id);
      return () => {
        const both = new Map([...dropped, ...(drafts.get(id) ?? emptyDraft)]);
        // Another account's is put on newer values when that is opened.
        const isShown = id === accountId.value && snapshot.value;
        drafts.set(id, isShown ? rebase(both, isShown.sections) : both);
      };
    },
    forget: (id: string) => void drafts.delete(id),
  };
}
