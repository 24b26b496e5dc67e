import { defineStore } from 'pinia';
import { computed } from 'vue';
import { useHost } from '../host/host.ts';
import { createResource } from '../lib/resource/resource.ts';

/** Which accounts have changes that were not sent (X5). What was typed is known to the profile alone. */
export const useDraftsStore = defineStore('drafts', () => {
  const host = useHost();
  const { snapshot, open: start } = createResource(host, 'drafts.changed', { read: () => host.calls.drafts.list() });
  const marks = computed(() => new Map(snapshot.value?.drafts.map(({ accountId, savedAt }) => [accountId, savedAt])));

  /** RFC 3339: when the draft of an account was last changed; undefined where it has none. */
  function savedAt(accountId: string | undefined): string | undefined {
    return marks.value.get(accountId ?? '');
  }

  return { start, savedAt };
});
