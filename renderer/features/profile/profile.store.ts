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
import { DraftKeeper } from './draft/draft-keeper.ts';
import {
  changeField,
  describeEdit,
  emptyDraft,
  findObstacle,
  isConflicting,
  keepMine as keepMineOf,
  placed,
  rebase,
  restore,
  toUpdate,
  without,
  type Draft,
  type Edit,
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

  /** The unsaved changes of each account: neither another screen nor a lost session takes them along. */
  const drafts = shallowReactive(new Map<string, Draft>());
  /** As long as the form shows what was kept before (X5): that, and when it was last changed, RFC 3339, by account. */
  const broughtBack = shallowReactive(new Map<string, { readonly savedAt: string; readonly found: Draft }>());
  const keeper = new DraftKeeper({ calls: host.calls.drafts, draftOf, onFound: bringBack });
  const draft = computed({ get: () => draftOf(accountId.value), set: (next) => put(accountId.value, next) });
  /** What the form shows and Update sends; the rest of the draft has no place there any more. */
  const inForm = computed(() => placed(draft.value, snapshot.value?.sections));
  const stranded = computed(() => placed(draft.value, snapshot.value?.sections, false));
  /** In the order of the screen. */
  const changed = computed(() => pathsOf(snapshot.value?.sections).filter((path) => inForm.value.has(path)));
  const conflicts = computed(() => changed.value.filter((path) => isConflicting(inForm.value.get(path))));
  const isDirty = computed(() => inForm.value.size > 0);
  /** Fields that changed elsewhere while others were being edited, to be said once. */
  const mergedFields = shallowRef<readonly FieldPath[]>([]);

  const outcome = shallowRef(noOutcome);
  const isUpdating = shallowRef(false);
  let running: Promise<boolean> | undefined;
  let applyLater: (() => void) | undefined;
  const obstacle = computed(() =>
    findObstacle(inForm.value, !accounts.isOffline && snapshot.value?.source === 'provider'),
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
  onForgotten(accounts, (id) => {
    drafts.delete(id);
    broughtBack.delete(id);
    keeper.forget(id);
  });
  // What came from the cache meanwhile is locked, and what was said of the session before is over.
  onNewSession(accounts, accountId, () => {
    clearMessages();
    findDraft(accountId.value);
    void refresh();
  });
  host.on('drafts.wanted', () => void keeper.handOver());

  function open(id: string): Promise<void> {
    clearMessages();
    findDraft(id);
    return resource.open(id);
  }

  /** Should it fail, it is tried again with the first that is typed, and then it is said. */
  function findDraft(id: string): void {
    keeper.find(id).catch(() => undefined);
  }

  function draftOf(id: string): Draft {
    return drafts.get(id) ?? emptyDraft;
  }

  function put(id: string, next: Draft): void {
    if (next.size > 0) drafts.set(id, next);
    else {
      drafts.delete(id);
      broughtBack.delete(id);
    }
    keeper.noteChange(id);
  }

  /** What was kept before, behind what was typed since. */
  function bringBack(id: string, found: Draft, savedAt: string): void {
    broughtBack.set(id, { savedAt, found });
    putBack(id, found);
  }

  /** On the newest values; another account's is put on them when that is opened. */
  function putBack(id: string, before: Draft): void {
    put(id, restore(before, draftOf(id), id === accountId.value ? snapshot.value : undefined));
  }

  function dismissBroughtBack(): void {
    broughtBack.delete(accountId.value);
  }

  /** The provider may write a value a little differently; what it says meanwhile must not look like a clash. */
  function afterUpdate(applyEvent: () => void): void {
    if (isUpdating.value) applyLater = applyEvent;
    else applyEvent();
  }

  function showNewer(newer: ProfileSnapshot, before: ProfileSnapshot | undefined): void {
    const { merged, draft: next } = mergeNewer(draft.value, newer, before?.sections);
    if (merged.length > 0) mergedFields.value = merged;
    draft.value = next;
  }

  function clearMessages(): void {
    outcome.value = noOutcome;
    dismissMerged();
  }

  function dismissMerged(): void {
    mergedFields.value = [];
  }

  function edit(): void {
    isEditing.value = true;
  }

  function rest(): void {
    isEditing.value = false;
  }

  /** The person's own value before the provider's. */
  function valueOf(path: FieldPath): FieldValue {
    const change = inForm.value.get(path);
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
      // What was begun without a network goes on while the provider is asked again (X5).
      isAwaited: isRefreshing.value && snapshot.value?.source === 'cache' && !draft.value.has(path),
    });
  }

  /** `shown`: as in the edit, for what a later start might not know. */
  function change(path: FieldPath, value: FieldValue, shown?: Edit['shown']): void {
    if (snapshot.value)
      draft.value = describeEdit(changeField(draft.value, snapshot.value.sections, path, value), path, shown);
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

  /**
   * Drops every change of the form; what has no place there is dropped by itself (X5). Returns what brings them back;
   * what was typed since goes before them.
   */
  function discard(): () => void {
    clearMessages();
    return drop(stranded.value);
  }

  /** Drops a change that the form has no place for. Returns what brings it back. */
  function dropStranded(path: FieldPath): () => void {
    return drop(without(draft.value, path));
  }

  function drop(rest: Draft): () => void {
    const [id, before] = [accountId.value, draft.value];
    draft.value = rest;
    // Of an account that was removed meanwhile nothing is kept any more.
    return () => accounts.find(id) && putBack(id, before);
  }

  /** The one Update of the page (W2). Returns whether nothing is left to save. A second call meanwhile is the same. */
  function update(): Promise<boolean> {
    running ??= runUpdate().finally(() => (running = undefined));
    return running;
  }

  async function runUpdate(): Promise<boolean> {
    const faults = draftFaults(inForm.value, snapshot.value?.sections);
    outcome.value = outcomeOfFaults(faults);
    if (faults.size > 0) return false;
    isUpdating.value = true;
    const id = accountId.value;
    try {
      await reauth.run(() => sendAll(id), 'updateProfile');
    } catch (error) {
      const failure = asErrorShape(error);
      // If the person cancels the proof, what was refused says that it is missing.
      if (failure.code !== 'cancelled' && id === accountId.value)
        outcome.value = outcomeOfFailure(failure, outcome.value.saved);
    } finally {
      isUpdating.value = false;
      applyLater?.();
      applyLater = undefined;
    }
    return !isDirty.value;
  }

  /**
   * Of the account whose Update was chosen: another may be opened meanwhile. Errors: those of the call;
   * reauth-required.
   */
  async function sendAll(id: string): Promise<void> {
    for (let sendings = 0; sendings < maxSendings && !obstacle.value; sendings += 1) {
      if (snapshot.value?.accountId !== id || !(await send(snapshot.value))) break;
    }
    if (id === accountId.value && outcome.value.failed.some(({ error }) => error.code === 'reauth-required'))
      throw new AppError('reauth-required');
  }

  /** Sends the draft once. Returns whether sending again would help. Errors: those of the call. */
  async function send(shown: ProfileSnapshot): Promise<boolean> {
    const id = shown.accountId;
    const sent = inForm.value;
    const result = await host.calls.profile.update(toUpdate(sent, shown));
    apply(result.snapshot);
    const isShown = id === accountId.value;
    const rest = isShown ? draft.value : rebase(draftOf(id), result.snapshot.sections);
    const settled = settleUpdate({ draft: rest, sent, savedBefore: outcome.value.saved }, result);
    put(id, settled.draft);
    if (isShown) outcome.value = settled.outcome;
    return isShown && settled.isWorthRepeating;
  }

  return {
    accountId,
    snapshot,
    isRefreshing,
    loadError,
    draft: inForm,
    /** Changes that the form has no place for any more (X5). */
    stranded,
    changed,
    conflicts,
    isDirty,
    mergedFields: shallowReadonly(mergedFields),
    outcome: shallowReadonly(outcome),
    isUpdating: shallowReadonly(isUpdating),
    obstacle,
    hasEditMode,
    isResting,
    hasEditable,
    open,
    refresh,
    dismissMerged,
    /** When what the form shows of an earlier time was last changed; undefined where it shows none. */
    broughtBackAt: computed(() => broughtBack.get(accountId.value)?.savedAt),
    /** What of that is in the form still, in the order of the screen. */
    broughtBackFields: computed(() =>
      changed.value.filter((path) => broughtBack.get(accountId.value)?.found.has(path)),
    ),
    dismissBroughtBack,
    /** Why the newest that was typed is not kept on this computer. */
    keepError: computed(() => keeper.errors.get(accountId.value)),
    keep: () => keeper.keep(),
    isKept: () => keeper.isKept(),
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
    dropStranded,
    update,
  };
});
