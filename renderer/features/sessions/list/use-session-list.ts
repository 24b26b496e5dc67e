import { computed, shallowRef, type Ref } from 'vue';
import type { Session } from '../../../../shared/contract/account/sessions.ts';
import { findSessions, indexSessions } from './find-sessions.ts';
import { sortSessions, type SortKey } from './session-order.ts';

/** What is looked for, in which order, and the sessions that this leaves to be shown. */
export function useSessionList(sessions: Readonly<Ref<readonly Session[]>>) {
  const text = shallowRef('');
  const sortBy = shallowRef<SortKey>('active');
  const isReversed = shallowRef(false);
  const index = computed(() => indexSessions(sessions.value));
  const sorted = computed(() => sortSessions(sessions.value, { by: sortBy.value, isReversed: isReversed.value }));
  const shown = computed(() =>
    text.value.trim() ? findSessions(sorted.value, index.value, text.value) : sorted.value,
  );
  return { text, sortBy, isReversed, shown };
}
