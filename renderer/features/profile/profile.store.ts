import { defineStore } from 'pinia';
import { computed, shallowReadonly, toRef } from 'vue';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { useHost } from '../../host/host.ts';
import { createKeptReading } from '../../lib/snapshots/kept-reading.ts';
import { useDrafts } from './draft/use-drafts.ts';
import { useNews } from './draft/use-news.ts';
import { useObstacle } from './draft/use-obstacle.ts';
import { useTouching } from './draft/use-touching.ts';
import { useUpdating } from './draft/use-updating.ts';
import { useFields } from './fields/use-fields.ts';
import { followServices } from './follow-services.ts';
import { useEditMode } from './use-edit-mode.ts';

/** The current account's profile and what the person has changed of it. */
export const useProfileStore = defineStore('profile', () => {
  const host = useHost();
  const accounts = useAccountsStore();
  const isOffline = toRef(() => accounts.isOffline);
  const reading = createKeptReading({
    read: (id, from) => host.calls.profile.get({ accountId: id, from }),
    onNewer: (next: ProfileSnapshot, before) => takeNews(next, before),
  });
  const { snapshot, accountId, isRefreshing } = reading;
  const { forget, ...drafts } = useDrafts(accountId, snapshot);
  const { draft, conflicts, isDirty } = drafts;
  const { take: takeNews, clear: clearNews, ...news } = useNews(draft);

  const obstacle = useObstacle({ isDirty, isOffline, snapshot, conflicts });
  const { outcome, clear, afterUpdate, ...updating } = useUpdating({
    host,
    draft,
    conflicts,
    snapshot,
    obstacle,
    apply: reading.apply,
    withProof: useReauthStore().run,
  });
  const touching = useTouching(outcome);
  const editMode = useEditMode(snapshot, isDirty);

  const start = () => followServices({ host, accounts, reading, afterUpdate, clearMessages, forget });

  function clearMessages(): void {
    clear();
    clearNews();
  }

  function open(id: string): Promise<void> {
    clearMessages();
    return reading.open(id);
  }

  function discard(): () => void {
    clearMessages();
    return drafts.discard();
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
