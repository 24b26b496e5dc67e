import { thresholdFaults } from '../../../../shared/thresholds.ts';
import type { FieldError } from '../../../lib/errors/field-error-text.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { isThresholds } from '../fields/field-path.ts';
import type { Draft } from './draft.ts';

/** What can be seen to be wrong before anything is sent: a number that is none could not even be written down. */
export function draftFaults(draft: Draft): Map<FieldPath, FieldError> {
  const faults = new Map<FieldPath, FieldError>();
  for (const [path, { mine }] of draft) {
    const code = isThresholds(mine)
      ? thresholdFaults(mine.map(({ percent }) => percent)).find((each) => each !== undefined)
      : undefined;
    if (code) faults.set(path, { code });
  }
  return faults;
}
