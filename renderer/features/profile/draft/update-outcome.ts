import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { ProfileUpdateResult, SectionName } from '../../../../shared/contract/account/profile.ts';
import type { FieldError } from '../../../lib/errors/field-error-text.ts';
import { fieldPaths, isDescribed, sectionNames, type FieldPath } from '../../../../shared/profile-fields.ts';
import { isOfferedAt, type Sections } from '../fields/field-path.ts';

/** What became of an Update, section by section. */
export interface UpdateOutcome {
  readonly saved: readonly SectionName[];
  readonly failed: readonly { readonly section: SectionName; readonly error: ErrorShape }[];
  readonly fieldErrors: ReadonlyMap<FieldPath, FieldError>;
  /** The whole call failed: no section was tried. */
  readonly failure?: ErrorShape;
}

export const noOutcome: UpdateOutcome = { saved: [], failed: [], fieldErrors: new Map() };

export function outcomeOf({ outcomes }: ProfileUpdateResult): UpdateOutcome {
  const failed = sectionNames.flatMap((section) => {
    const outcome = outcomes[section];
    return outcome && !outcome.saved ? [{ section, error: outcome.error }] : [];
  });
  const fieldErrors = new Map(failed.flatMap(({ section, error }) => [...errorsOf(error, section)]));
  return { saved: sectionNames.filter((section) => outcomes[section]?.saved), failed, fieldErrors };
}

export function outcomeOfFailure(failure: ErrorShape, savedBefore: readonly SectionName[]): UpdateOutcome {
  return { saved: savedBefore, failed: [], fieldErrors: errorsOf(failure), failure };
}

/** Nothing was sent, because of what can be seen to be wrong here. */
export function outcomeOfFaults(fieldErrors: ReadonlyMap<FieldPath, FieldError>): UpdateOutcome {
  return { ...noOutcome, fieldErrors };
}

/** Without refusals of fields that are not offered any more: no field can show them, and the change went with it. */
export function withoutGone(outcome: UpdateOutcome, sections: Sections): UpdateOutcome {
  const isGone = (path: FieldPath) => !isOfferedAt(sections, path);
  const isMoot = ({ section, error }: UpdateOutcome['failed'][number]) => {
    const named = [...errorsOf(error, section).keys()];
    return named.length > 0 && named.every(isGone);
  };
  return {
    ...outcome,
    failed: outcome.failed.filter((each) => !isMoot(each)),
    fieldErrors: new Map([...outcome.fieldErrors].filter(([path]) => !isGone(path))),
  };
}

export function withoutFieldError(outcome: UpdateOutcome, path: FieldPath): UpdateOutcome {
  if (!outcome.fieldErrors.has(path)) return outcome;
  return { ...outcome, fieldErrors: new Map([...outcome.fieldErrors].filter(([each]) => each !== path)) };
}

/**
 * A provider names the field of its section (`city`, `thresholds.0.percent`), where several sections are one record its
 * path (`contact.city`), and the gate to the services the path in what was sent (`contact.changes.city`).
 */
function errorsOf({ fields = {} }: ErrorShape, section?: SectionName): Map<FieldPath, FieldError> {
  const found = new Map<FieldPath, FieldError>();
  for (const [name, error] of Object.entries(fields)) {
    const path = section ? (asPath(name) ?? asPath(`${section}.${name}`)) : asPath(name.replace('.changes.', '.'));
    if (path && !found.has(path)) found.set(path, error);
  }
  return found;
}

/** Below a field that is known by name, what is wrong in it may be named too. */
function asPath(name: string): FieldPath | undefined {
  return isDescribed(name) ? name : fieldPaths.find((each) => each === name || name.startsWith(`${each}.`));
}
