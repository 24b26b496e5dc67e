import {
  sectionNames,
  type FieldAccess,
  type ProfileSnapshot,
  type ProfileUpdate,
  type ProfileUpdateResult,
  type SectionName,
} from '../../shared/contract/account/profile.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { later } from './later.ts';
import { nextSequence } from './next-sequence.ts';

interface Refusing {
  /** By the section that is refused. */
  readonly refusals: ReadonlyMap<SectionName, AppError>;
  readonly isProved: boolean;
}

/** One update of `before`: each section by itself, and none from a revision that is stale. */
export function saveProfile(
  before: ProfileSnapshot,
  input: ProfileUpdate,
  { refusals, isProved }: Refusing,
): ProfileUpdateResult {
  const profile = structuredClone(before);
  const outcomes: ProfileUpdateResult['outcomes'] = {};
  for (const name of sectionNames) {
    const change = input[name];
    if (!change) continue;
    const isStale = change.revision !== profile.sections[name].revision;
    const lacksProof = !isProved && takesProof(profile, name);
    const refusal =
      refusals.get(name) ??
      (lacksProof ? new AppError('reauth-required') : undefined) ??
      (isStale ? new AppError('conflict') : undefined);
    outcomes[name] = refusal ? { saved: false, error: refusal.toShape() } : { saved: true };
    if (refusal) continue;
    Object.assign(profile.sections[name].values, change.changes);
    profile.sections[name].revision += '+';
  }
  profile.takenAt = later(profile.takenAt);
  profile.sequence = nextSequence();
  return { snapshot: profile, outcomes };
}

function takesProof({ sections }: ProfileSnapshot, name: SectionName): boolean {
  const fields: readonly FieldAccess[] = Object.values(sections[name].access);
  return fields.some((access) => access.kind === 'editable' && access.needsReauth);
}
