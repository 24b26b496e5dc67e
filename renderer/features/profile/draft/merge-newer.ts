import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { isOfferedAt, type Sections } from '../fields/field-path.ts';
import { changedFields, rebase, type Draft } from './draft.ts';

/** What the provider said while something was being edited on this computer. */
interface Merge {
  /** On the newer values. */
  readonly draft: Draft;
  /** Fields that changed elsewhere while others were being edited. */
  readonly merged: readonly FieldPath[];
}

/** Puts a draft on newer values; `before` are those that were shown until now, if any. */
export function mergeNewer(
  draft: Draft,
  { sections, source }: Pick<ProfileSnapshot, 'sections' | 'source'>,
  before: Sections | undefined,
): Merge {
  const news = before && draft.size > 0 ? changedFields(before, sections) : [];
  return {
    draft: rebase(draft, sections, source === 'provider'),
    merged: news.filter((path) => !draft.has(path) && isOfferedAt(sections, path)),
  };
}
