import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { isOfferedAt, type Sections } from '../fields/field-path.ts';
import { changedFields, rebase, type Draft } from './draft.ts';

/** What the provider said while something was being edited on this computer. */
interface Merge {
  /** On the newer values. */
  readonly draft: Draft;
  /** Fields that changed elsewhere while others were being edited. */
  readonly merged: readonly FieldPath[];
  /** Fields that were being edited and are not offered any more: the change went with them (X6). */
  readonly gone: readonly FieldPath[];
}

/** Puts a draft on newer values; `before` are those that were shown until now, if any. */
export function mergeNewer(draft: Draft, sections: Sections, before: Sections | undefined): Merge {
  const isOffered = (path: FieldPath) => isOfferedAt(sections, path);
  const news = before && draft.size > 0 ? changedFields(before, sections) : [];
  return {
    draft: rebase(draft, sections),
    merged: news.filter((path) => !draft.has(path) && isOffered(path)),
    gone: [...draft.keys()].filter((path) => !isOffered(path)),
  };
}
