import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowReadonly, shallowRef, watch } from 'vue';
import { AppError } from '../../../shared/contract/errors.ts';
import type { DescribedField } from '../../../shared/contract/account/described-fields.ts';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import type { FieldPath } from '../../../shared/profile-fields.ts';
import { fieldLabel } from './fields/field-label.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { onForgotten } from '../../account/on-forgotten.ts';
import { onNewSession } from '../../account/on-new-session.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { useHost } from '../../host/host.ts';
import { asErrorShape } from '../../lib/errors/error-shape.ts';
import { createResource } from '../../lib/resource/resource.ts';
import { draftFaults } from './draft/draft-faults.ts';
import {
  changeField,
  emptyDraft,
  findObstacle,
  isConflicting,
  keepMine as keepMineOf,
  restore,
  toUpdate,
  without,
  type Draft,
} from './draft/draft.ts';
import { mergeNewer } from './draft/merge-newer.ts';
import { settleUpdate } from './draft/settle-update.ts';
import { noOutcome, outcomeOfFailure, outcomeOfFaults, withoutFieldError } from './draft/update-outcome.ts';
import { choicesAt, describedAt, pathsOf, valueAt, type Choice, type FieldValue } from './fields/field-path.ts';
import { accessOf, fieldState, type FieldState } from './fields/field-state.ts';

/** Sendings of one Update: a section that changed elsewhere without a clash is sent once more on its new revision. */
const maxSendings = 2;

/** The current account's profile and what the person has changed of it. */
export const useProfileStore = defineStore('profile', () => {
  const host = useHost();
  const accounts = useAccountsStore();
  const reauth = useReauthStore();
  const resource = createResource(host, 'profile.changed', {
    read: (id, from) => host.calls.profile.get({ accountId: id, from }),
    hasCache: true,
    onEvent: afterUpdate,
    onNewer: showNewer,
  });
  const { accountId, snapshot, isRefreshing, loadError, apply, refresh } = resource;

  /** The unsaved changes of each account, in memory: neither another screen nor a lost session takes them along. */
  const drafts = shallowReactive(new Map<string, Draft>());
  const draft = computed({
    get: () => drafts.get(accountId.value) ?? emptyDraft,
    set(next) {
      if (next.size > 0) drafts.set(accountId.value, next);
      else drafts.delete(accountId.value);
    },
  });
  /** In the order of the screen. */
  const changed = computed(() => pathsOf(snapshot.value?.sections).filter((path) => draft.value.has(path)));
  const conflicts = computed(() => changed.value.filter((path) => isConflicting(draft.value.get(path))));
  const isDirty = computed(() => draft.value.size > 0);
  /** Fields that changed elsewhere while others were being edited, to be said once. */
  const mergedFields = shallowRef<readonly FieldPath[]>([]);
  /** Fields that were being edited and are not offered any more (X6), to be said once. */
  const goneFields = shallowRef<readonly FieldPath[]>([]);

  const outcome = shallowRef(noOutcome);
  const isUpdating = shallowRef(false);
  let running: Promise<boolean> | undefined;
  let applyLater: (() => void) | undefined;
  const obstacle = computed(() =>
    findObstacle(draft.value, !accounts.isOffline && snapshot.value?.source === 'provider'),
  );

  /**
   * Where a provider gives access keys (C1) the page has two tabs, and its fields rest until Edit is pressed; Done is
   * the one Update of the page (W2). Elsewhere everything that may be changed can be at once.
   */
  const hasEditMode = computed(() => snapshot.value?.offers.includes('access-keys') ?? false);
  const isEditing = shallowRef(false);
  const isResting = computed(() => hasEditMode.value && !isEditing.value);
  const hasEditable = computed(() =>
    pathsOf(snapshot.value?.sections).some((path) => accessOf(snapshot.value, path)?.kind === 'editable'),
  );

  // Another account, another start; a change that is there already is an Edit that goes on.
  watch([() => snapshot.value?.accountId, isDirty] as const, ([id, hasChanges], [before]) => {
    if (hasChanges) edit();
    else if (id !== before) rest();
  });
  onForgotten(accounts, (id) => drafts.delete(id));
  // What came from the cache meanwhile is locked, and what was said of the session before is over.
  onNewSession(accounts, accountId, () => {
    clearMessages();
    void refresh();
  });

  function open(id: string): Promise<void> {
    clearMessages();
    return resource.open(id);
  }

  /** The provider may write a value a little differently; what it says meanwhile must not look like a clash. */
  function afterUpdate(applyEvent: () => void): void {
    if (isUpdating.value) applyLater = applyEvent;
    else applyEvent();
  }

  function showNewer({ sections }: ProfileSnapshot, before: ProfileSnapshot | undefined): void {
    const { merged, gone, ...next } = mergeNewer(draft.value, sections, before?.sections);
    if (merged.length > 0) mergedFields.value = merged;
    if (gone.length > 0) goneFields.value = [...new Set([...goneFields.value, ...gone])];
    draft.value = next.draft;
  }

  function clearMessages(): void {
    outcome.value = noOutcome;
    dismissMerged();
    dismissGone();
  }

  function dismissMerged(): void {
    mergedFields.value = [];
  }

  function dismissGone(): void {
    goneFields.value = [];
  }

  function edit(): void {
    isEditing.value = true;
  }

  function rest(): void {
    isEditing.value = false;
  }

  /** The person's own value before the provider's. */
  function valueOf(path: FieldPath): FieldValue {
    const change = draft.value.get(path);
    return change ? change.mine : baseOf(path);
  }

  /** The provider's. */
  function baseOf(path: FieldPath): FieldValue {
    return snapshot.value ? valueAt(snapshot.value.sections, path) : null;
  }

  /** The same as a text; empty for a picture that is absent. */
  function textOf(path: FieldPath): string {
    return String(valueOf(path) ?? '');
  }

  function labelOf(path: FieldPath): string {
    return fieldLabel(path, snapshot.value);
  }

  /** What the service says of a field that it describes itself (R3). */
  function describedOf(path: FieldPath): DescribedField | undefined {
    return describedAt(snapshot.value?.sections, path);
  }

  function choicesOf(path: FieldPath): readonly Choice[] {
    return snapshot.value ? choicesAt(snapshot.value.sections, path) : [];
  }

  /** What may be done with it, and why not (X6). */
  function stateOf(path: FieldPath): FieldState {
    return fieldState(accessOf(snapshot.value, path), {
      isOffline: accounts.isOffline,
      isResting: isResting.value,
      isRefreshing: isRefreshing.value,
    });
  }

  function change(path: FieldPath, value: FieldValue): void {
    if (snapshot.value) draft.value = changeField(draft.value, snapshot.value.sections, path, value);
    clearFault(path);
  }

  /** Back to the provider's value, also where it changed meanwhile. */
  function undo(path: FieldPath): void {
    draft.value = without(draft.value, path);
    clearFault(path);
  }

  /** A field that is touched again is not called wrong any more. */
  function clearFault(path: FieldPath): void {
    outcome.value = withoutFieldError({ ...outcome.value, saved: [] }, path);
  }

  function keepMine(path: FieldPath): void {
    draft.value = keepMineOf(draft.value, path);
  }

  /** Drops every change. Returns what brings them back; what was typed since goes before them. */
  function discard(): () => void {
    clearMessages();
    const [id, dropped] = [accountId.value, draft.value];
    drafts.delete(id);
    return () => {
      // Another account's is put on newer values when that is opened.
      const shown = id === accountId.value ? snapshot.value?.sections : undefined;
      drafts.set(id, restore(dropped, drafts.get(id) ?? emptyDraft, shown));
    };
  }

  /** The one Update of the page (W2). Returns whether nothing is left to save. A second call meanwhile is the same. */
  function update(): Promise<boolean> {
    running ??= runUpdate().finally(() => (running = undefined));
    return running;
  }

  async function runUpdate(): Promise<boolean> {
    const faults = draftFaults(draft.value, snapshot.value?.sections);
    outcome.value = outcomeOfFaults(faults);
    if (faults.size > 0) return false;
    isUpdating.value = true;
    try {
      await reauth.run(sendAll, 'updateProfile');
    } catch (error) {
      const failure = asErrorShape(error);
      // If the person cancels the proof, what was refused says that it is missing.
      if (failure.code !== 'cancelled') outcome.value = outcomeOfFailure(failure, outcome.value.saved);
    } finally {
      isUpdating.value = false;
      applyLater?.();
      applyLater = undefined;
    }
    return draft.value.size === 0;
  }

  /** Errors: those of the call; reauth-required. */
  async function sendAll(): Promise<void> {
    for (let sendings = 0; sendings < maxSendings && !obstacle.value && snapshot.value; sendings += 1) {
      if (!(await send(snapshot.value))) break;
    }
    if (outcome.value.failed.some(({ error }) => error.code === 'reauth-required'))
      throw new AppError('reauth-required');
  }

  /** Sends the draft once. Returns whether sending again would help. Errors: those of the call. */
  async function send(shown: ProfileSnapshot): Promise<boolean> {
    const sent = draft.value;
    const result = await host.calls.profile.update(toUpdate(sent, shown));
    apply(result.snapshot);
    const settled = settleUpdate({ draft: draft.value, sent, savedBefore: outcome.value.saved }, result);
    draft.value = settled.draft;
    outcome.value = settled.outcome;
    return settled.isWorthRepeating;
  }

  return {
    accountId,
    snapshot,
    isRefreshing,
    loadError,
    draft: shallowReadonly(draft),
    changed,
    conflicts,
    isDirty,
    mergedFields: shallowReadonly(mergedFields),
    goneFields: shallowReadonly(goneFields),
    outcome: shallowReadonly(outcome),
    isUpdating: shallowReadonly(isUpdating),
    obstacle,
    hasEditMode,
    isResting,
    hasEditable,
    open,
    refresh,
    dismissMerged,
    dismissGone,
    edit,
    rest,
    valueOf,
    baseOf,
    textOf,
    labelOf,
    describedOf,
    choicesOf,
    stateOf,
    change,
    undo,
    keepMine,
    discard,
    update,
  };
});
