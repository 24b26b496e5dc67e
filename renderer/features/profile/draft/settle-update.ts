import type { ProfileUpdateResult, SectionName } from '../../../../shared/contract/account/profile.ts';
import { dropSaved, isConflicting, type Draft } from './draft.ts';
import { outcomeOf, withoutGone, type UpdateOutcome } from './update-outcome.ts';

interface Settlement {
  /** Without what was saved. */
  readonly draft: Draft;
  readonly outcome: UpdateOutcome;
  /** Whether sending the rest again would help. */
  readonly isWorthRepeating: boolean;
}

/** What one sending of an Update has led to; `draft` stands on its values already, `sent` is what went out. */
export function settleUpdate(
  { draft, sent, savedBefore }: { draft: Draft; sent: Draft; savedBefore: readonly SectionName[] },
  result: ProfileUpdateResult,
): Settlement {
  const reported = outcomeOf(result);
  const shown = withoutGone(reported, result.snapshot.sections);
  const rest = shown.saved.reduce((left, section) => dropSaved(left, sent, section), draft);
  const isClash = (section: SectionName) =>
    [...rest].some(([path, edit]) => isConflicting(edit) && path.startsWith(`${section}.`));
  // Where both values are shown to choose from, no other message is needed.
  const failed = shown.failed.filter(({ section, error }) => error.code !== 'conflict' || !isClash(section));
  return {
    draft: rest,
    outcome: { ...shown, saved: [...new Set([...savedBefore, ...shown.saved])], failed },
    isWorthRepeating:
      failed.length > 0
        ? failed.every(({ error }) => error.code === 'conflict')
        : // What was refused beside fields that are gone.
          reported.failed.length > shown.failed.length && rest.size > 0,
  };
}
