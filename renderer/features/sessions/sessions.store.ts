import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { SessionsSnapshot } from '../../../shared/contract/account/sessions.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { useHost } from '../../host/host.ts';
import { t } from '../../lib/i18n/text.ts';
import { createKeptReading } from '../../lib/snapshots/kept-reading.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import { useClosing } from './use-closing.ts';

/** The sessions of the account that is shown (E8, E9). */
export const useSessionsStore = defineStore('sessions', () => {
  const host = useHost();
  const accounts = useAccountsStore();
  const reading = createKeptReading<SessionsSnapshot>({
    read: (accountId, from) => host.calls.sessions.list({ accountId, from }),
  });
  const { accountId, snapshot, apply, refresh } = reading;
  const toasts = useToasts();
  const { dismissOutcome, ...closing } = useClosing({
    host,
    accountId,
    snapshot,
    apply,
    onClosed: (count) => toasts.say({ title: t('sessions.closed', { count }) }),
  });
  let isListening = false;

  const current = computed(() => snapshot.value?.sessions.find(({ isCurrent }) => isCurrent));
  const others = computed(() => snapshot.value?.sessions.filter(({ isCurrent }) => !isCurrent) ?? []);
  const newCount = computed(() => others.value.filter(({ isNew }) => isNew).length);

  /** The provider was asked and is in reach, but has not told. */
  const isStale = computed(
    () =>
      !reading.isRefreshing.value &&
      !accounts.isOffline &&
      (snapshot.value?.source === 'cache' || reading.loadError.value !== undefined),
  );

  /** The screen loads late, so the store listens from when it is first needed. */
  function listen(): void {
    if (isListening) return;
    isListening = true;
    host.on('sessions.changed', apply);
    host.onResync(() => void (accountId.value && refresh()));
  }

  /** Another account's sessions, or the same ones anew. */
  async function open(id: string): Promise<void> {
    listen();
    if (id === accountId.value) return refresh();
    endLook();
    dismissOutcome();
    await reading.open(id);
  }

  /** What has been seen until now is not new any more (X4). If that cannot be kept, it is new once more next time. */
  function endLook(): void {
    if (newCount.value > 0) void host.calls.sessions.markSeen({ accountId: accountId.value }).catch(() => undefined);
  }

  /** An empty name removes it. `at` is the account that it belongs to. Errors: those of the call. */
  async function rename(sessionId: string, name: string, at = accountId.value): Promise<void> {
    apply(await host.calls.sessions.rename({ accountId: at, sessionId, name }));
  }

  return { ...reading, ...closing, current, others, newCount, isStale, open, dismissOutcome, endLook, rename };
});
