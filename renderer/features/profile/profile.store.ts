import { defineStore } from 'pinia';
import { computed, shallowReadonly, toRef } from 'vue';
import type { ProfileSnapshot } from '../../../shared/contract/profile.ts';
import { useHost } from '../../host/host.ts';
import { createKeptReading } from '../../lib/kept-reading.ts';
import { useConnectionsStore } from '../connections/connections.store.ts';
import { onNewSession } from '../connections/on-new-session.ts';
import { useReauthStore } from '../reauth/reauth.store.ts';
import { emptyDraft } from './draft.ts';
import type { FieldPath } from './field-path.ts';
import { withoutFieldError } from './update-outcome.ts';
import { useDrafts } from './use-drafts.ts';
import { useEditMode } from './use-edit-mode.ts';
import { useFields } from './use-fields.ts';
import { useNews } from './use-news.ts';
import { useUpdating } from './use-updating.ts';

/** Why Update can not be chosen now. */
export type Obstacle = 'nothing-changed' | 'offline' | 'conflicts';

/** The current connection's profile and what the person has changed of it. */
export const useProfileStore = defineStore('profile', () => {
  const host = useHost();
  const connections = useConnectionsStore();
  const isOffline = toRef(() => connections.isOffline);
  const reading = createKeptReading({
    read: (id, from) => host.calls.profile.get({ connectionId: id, from }),
    onNewer: (next: ProfileSnapshot, before) => takeNews(next, before),
  });
  const { snapshot, connectionId, isRefreshing } = reading;
  const drafts = useDrafts(connectionId, snapshot);
  const { draft, conflicts, isDirty } = drafts;
  const { take: takeNews, ...news } = useNews(draft);

  const obstacle = computed((): Obstacle | undefined => {
    if (!isDirty.value) return 'nothing-changed';
    if (isOffline.value || snapshot.value?.source !== 'provider') return 'offline';
    return conflicts.value.length > 0 ? 'conflicts' : undefined;
  });
  const { outcome, clear, afterUpdate, ...updating } = useUpdating({
    host,
    draft,
    conflicts,
    snapshot,
    obstacle,
    apply: reading.apply,
    withProof: useReauthStore().run,
  });
  const editMode = useEditMode(snapshot, isDirty);

  function start(): void {
    host.on('profile.changed', (next) => afterUpdate(() => reading.apply(next)));
    host.onResync(() => void (connectionId.value && reading.refresh()));
    // What was kept meanwhile is locked, and what was said of the session before is over.
    onNewSession(connections, connectionId, () => {
      clearMessages();
      void reading.refresh();
    });
  }

  function clearMessages(): void {
    clear();
    news.dismissMerged();
    news.dismissGone();
  }

  function open(id: string): Promise<void> {
    clearMessages();
    return reading.open(id);
  }

  /** A field that is touched again is not called wrong any more. */
  const touching =
    <Rest extends unknown[]>(act: (path: FieldPath, ...rest: Rest) => void) =>
    (path: FieldPath, ...rest: Rest): void => {
      act(path, ...rest);
      outcome.value = withoutFieldError({ ...outcome.value, saved: [] }, path);
    };

  function discard(): void {
    draft.value = emptyDraft;
    clearMessages();
  }

  return {
    ...reading,
    ...drafts,
    ...editMode,
    ...useFields({
      snapshot,
      draft,
      isWaiting: computed(() => isRefreshing.value && !isOffline.value),
      isOffline,
      isResting: editMode.isResting,
    }),
    draft: shallowReadonly(draft),
    obstacle,
    ...news,
    outcome: shallowReadonly(outcome),
    ...updating,
    start,
    open,
    change: touching(drafts.change),
    undo: touching(drafts.undo),
    discard,
  };
});
