import { shallowReadonly, shallowRef, type Ref } from 'vue';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ProfileSnapshot, SectionName } from '../../../../shared/contract/account/profile.ts';
import type { Host } from '../../../host/host.ts';
import { asErrorShape } from '../../../lib/errors/error-shape.ts';
import type { FieldPath } from '../fields/field-path.ts';
import { draftFaults } from './draft-faults.ts';
import { dropSaved, toUpdate, type Draft } from './draft.ts';
import {
  noOutcome,
  outcomeOf,
  outcomeOfFailure,
  outcomeOfFaults,
  withoutGone,
  type UpdateOutcome,
} from './update-outcome.ts';

interface UpdatingOptions {
  readonly host: Host;
  readonly draft: Ref<Draft>;
  readonly conflicts: Readonly<Ref<readonly FieldPath[]>>;
  readonly snapshot: Readonly<Ref<ProfileSnapshot | undefined>>;
  readonly obstacle: Readonly<Ref<string | undefined>>;
  /** Takes over a newer snapshot and puts the draft on it. */
  readonly apply: (snapshot: ProfileSnapshot) => void;
  /** Does it, and once more after a proof (E12) where one is missing. Errors: those of the act; cancelled. */
  readonly withProof: (act: () => Promise<void>, called: 'updateProfile') => Promise<void>;
}

/** Sendings of one Update: a section that changed elsewhere without a clash is sent once more on its new revision. */
const maxSendings = 2;

/** The one Update of the page (W2). */
export function useUpdating({ host, draft, conflicts, snapshot, obstacle, apply, withProof }: UpdatingOptions) {
  const outcome = shallowRef<UpdateOutcome>(noOutcome);
  const isUpdating = shallowRef(false);
  let running: Promise<boolean> | undefined;
  let held: (() => void) | undefined;

  /** Sends the draft once. Returns whether sending again would help. Errors: those of the call. */
  async function send(shown: ProfileSnapshot): Promise<boolean> {
    const sent = draft.value;
    const result = await host.calls.profile.update(toUpdate(sent, shown));
    apply(result.snapshot);
    const told = outcomeOf(result);
    const next = withoutGone(told, result.snapshot.sections);
    for (const section of next.saved) draft.value = dropSaved(draft.value, sent, section);
    const isClash = ({ section }: { section: SectionName }) =>
      conflicts.value.some((path) => path.startsWith(`${section}.`));
    // Where both values are shown to choose from, no other message is needed.
    const failed = next.failed.filter((each) => each.error.code !== 'conflict' || !isClash(each));
    outcome.value = { ...next, saved: [...new Set([...outcome.value.saved, ...next.saved])], failed };
    if (failed.length > 0) return failed.every(({ error }) => error.code === 'conflict');
    // What was refused beside fields that are gone.
    return told.failed.length > next.failed.length && draft.value.size > 0;
  }

  /** Errors: those of the call; reauth-required. */
  async function sendAll(): Promise<void> {
    for (let sendings = 0; sendings < maxSendings && !obstacle.value && snapshot.value; sendings += 1) {
      if (!(await send(snapshot.value))) break;
    }
    if (outcome.value.failed.some(({ error }) => error.code === 'reauth-required'))
      throw new AppError('reauth-required');
  }

  async function run(): Promise<boolean> {
    const faults = draftFaults(draft.value);
    outcome.value = outcomeOfFaults(faults);
    if (faults.size > 0) return false;
    isUpdating.value = true;
    try {
      await withProof(sendAll, 'updateProfile');
    } catch (error) {
      const failure = asErrorShape(error);
      // Who calls the question off is told what is missing.
      if (failure.code !== 'cancelled') outcome.value = outcomeOfFailure(failure, outcome.value.saved);
    } finally {
      isUpdating.value = false;
      held?.();
      held = undefined;
    }
    return draft.value.size === 0;
  }

  return {
    outcome,
    isUpdating: shallowReadonly(isUpdating),
    /** Returns whether nothing is left to save. A second call while one runs is the same Update. */
    update: (): Promise<boolean> => (running ??= run().finally(() => (running = undefined))),
    clear: () => void (outcome.value = noOutcome),
    /** The provider may write a value a little differently; what it tells meanwhile must not look like a clash. */
    afterUpdate(act: () => void): void {
      if (isUpdating.value) held = act;
      else act();
    },
  };
}
