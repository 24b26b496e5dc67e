import type { DraftEdit } from '../../../../shared/contract/drafts.ts';
import { isTexts, isThresholds, type FieldValue } from '../fields/field-path.ts';
import type { Draft } from './draft.ts';

/** As it is kept on this computer. What others have meanwhile is found out anew when it comes back. */
export function toKept(draft: Draft): DraftEdit[] {
  return [...draft].map(([path, { base, mine, shown }]) => ({
    path,
    base: toValue(base),
    mine: toValue(mine),
    ...(shown && { shown }),
  }));
}

export function fromKept(edits: readonly DraftEdit[]): Draft {
  return new Map(edits.map(({ path, base, mine, shown }) => [path, { base, mine, ...(shown && { shown }) }]));
}

/** What is no number can only be typed anew. */
function toValue(value: FieldValue): DraftEdit['mine'] {
  if (typeof value === 'number') return toNumber(value);
  if (isTexts(value)) return [...value];
  return isThresholds(value) ? value.map(({ percent, byMail }) => ({ percent: toNumber(percent), byMail })) : value;
}

function toNumber(value: number | null): number | null {
  return Number.isNaN(value) ? null : value;
}
