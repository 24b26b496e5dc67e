import { thresholdFaults } from '../../../../shared/thresholds.ts';
import type { FieldError } from '../../../lib/errors/field-error-text.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { describedAt, isThresholds, type Sections } from '../fields/field-path.ts';
import { halfTyped, type Draft } from './draft.ts';

/** What can be seen to be wrong before anything is sent: a number that is none could not even be written down. */
export function draftFaults(draft: Draft, sections: Sections | undefined): Map<FieldPath, FieldError> {
  const faults = new Map<FieldPath, FieldError>();
  for (const [path, { mine }] of draft) {
    const isHalfDay = mine === halfTyped && describedAt(sections, path)?.kind === 'date';
    const code = isThresholds(mine)
      ? thresholdFaults(mine.map(({ percent }) => percent)).find((each) => each !== undefined)
      : isHalfDay && 'not-a-date';
    if (code) faults.set(path, { code });
  }
  return faults;
}
