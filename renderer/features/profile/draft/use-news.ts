import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import { isOfferedAt, type FieldPath } from '../fields/field-path.ts';
import { changedFields, rebase, type Draft } from './draft.ts';

/** What the provider said while something was being edited here, to be told once. */
export function useNews(draft: Ref<Draft>) {
  /** Fields that changed elsewhere while others were being edited. */
  const mergedFields = shallowRef<readonly FieldPath[]>([]);
  /** Fields that were being edited and are not offered any more: the change went with them (X6). */
  const goneFields = shallowRef<readonly FieldPath[]>([]);

  /** Puts the draft on newer values. */
  function take({ sections }: ProfileSnapshot, before: ProfileSnapshot | undefined): void {
    if (draft.value.size === 0) return;
    const isOffered = (path: FieldPath) => isOfferedAt(sections, path);
    const news = before
      ? changedFields(before.sections, sections).filter((path) => !draft.value.has(path) && isOffered(path))
      : [];
    if (news.length > 0) mergedFields.value = news;
    const gone = [...draft.value.keys()].filter((path) => !isOffered(path));
    if (gone.length > 0) goneFields.value = [...new Set([...goneFields.value, ...gone])];
    draft.value = rebase(draft.value, sections);
  }

  const dismissMerged = () => void (mergedFields.value = []);
  const dismissGone = () => void (goneFields.value = []);

  return {
    mergedFields: shallowReadonly(mergedFields),
    goneFields: shallowReadonly(goneFields),
    take,
    dismissMerged,
    dismissGone,
    clear(): void {
      dismissMerged();
      dismissGone();
    },
  };
}
