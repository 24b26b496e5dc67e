import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { CloseResult, SessionsSnapshot } from '../../../shared/contract/account/sessions.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { useReauthStore } from '../../account/reauth.store.ts';
import { useIsStale } from '../../account/resource-state.ts';
import { useHost } from '../../host/host.ts';
import { t } from '../../lib/i18n/text.ts';
import { createResource } from '../../lib/resource/resource.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';

/** Session id → why it is open still. */
export type Failures = ReadonlyMap<string, ErrorShape>;

interface CloseAnswer {
  readonly results: readonly CloseResult[];
  /** Null where the list could not be read afterwards. */
  readonly snapshot: SessionsSnapshot | null;
}

const noIds: ReadonlySet<string> = new Set();
const noFailures: Failures = new Map();

/** The sessions of the account that is shown (E8), and closing them (E9). */
export const useSessionsStore = defineStore('sessions', () => {
  const host = useHost();
  const toasts = useToasts();
  const reauth = useReauthStore();
  const resource = createResource(host, 'sessions.changed', {
    read: (id, from) => host.calls.sessions.list({ accountId: id, from }),
    hasCache: true,
  });
  const { accountId, snapshot, isRefreshing, loadError, apply, refresh } = resource;
  /** `error`: nothing was closed, and why. */
  const { isBusy: isClosing, error: closeError, attempt, clear: clearCloseError } = useAttempt();
  const closing = shallowRef(noIds);
  const closedCount = shallowRef(0);
  const failures = shallowRef(noFailures);

  const current = computed(() => snapshot.value?.sessions.find(({ isCurrent }) => isCurrent));
  const others = computed(() => snapshot.value?.sessions.filter(({ isCurrent }) => !isCurrent) ?? []);
  const newCount = computed(() => others.value.filter(({ isNew }) => isNew).length);

  /** Another account's sessions, or the same ones anew. */
  async function open(id: string): Promise<void> {
    if (id !== accountId.value) {
      endLook();
      dismissOutcome();
    }
    await resource.open(id);
  }

  /** What has been seen until now is not new any more (X4). If that cannot be saved, it is new once more next time. */
  function endLook(): void {
    if (newCount.value > 0) void host.calls.sessions.markSeen({ accountId: accountId.value }).catch(() => undefined);
  }

  /** Asks the person for the proof without which the service does not show them. */
  async function prove(): Promise<void> {
    const id = accountId.value;
    const read = () => host.calls.sessions.list({ accountId: id, from: 'provider' });
    // Whatever became of it, the list that is read then says so.
    await reauth.run(read, 'showSessions').then(apply, (error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'cancelled') void refresh();
    });
  }

  /** An empty name removes it. `at` is the account that it belongs to. Errors: those of the call. */
  async function rename(sessionId: string, name: string, at = accountId.value): Promise<void> {
    apply(await host.calls.sessions.rename({ accountId: at, sessionId, name }));
  }

  function close(ids: readonly string[]): Promise<boolean> {
    return runClosing(ids, (id) => host.calls.sessions.close({ accountId: id, ids: [...ids] }));
  }

  /** Also those that came since the list was read; `ids` are the ones that are shown. */
  function closeOthers(ids: readonly string[]): Promise<boolean> {
    return runClosing(ids, (id) => host.calls.sessions.closeOthers({ accountId: id }));
  }

  function retry(): Promise<boolean> {
    return close([...failures.value.keys()]);
  }

  /** Returns whether nothing of it is left to do. A second call while one runs does nothing. */
  async function runClosing(
    ids: Iterable<string>,
    call: (accountId: string) => Promise<CloseAnswer>,
  ): Promise<boolean> {
    if (isClosing.value) return false;
    const id = accountId.value;
    dismissOutcome();
    closing.value = new Set(ids);
    await attempt(async () => {
      const answer = await reauth.run(() => call(id), 'closeSessions');
      // Another account may have been opened meanwhile.
      if (id === accountId.value) showOutcome(answer);
    });
    closing.value = noIds;
    return !closeError.value && failures.value.size === 0;
  }

  function showOutcome({ results, snapshot: next }: CloseAnswer): void {
    failures.value = new Map(results.flatMap(({ id, error }) => (error ? [[id, error] as const] : [])));
    closedCount.value = results.length - failures.value.size;
    if (failures.value.size === 0 && results.length > 0)
      toasts.say({ title: t('sessions.closed', { count: results.length }) });
    if (next) apply(next);
    else removeClosed(results);
  }

  /** What is closed goes from the list that is shown. */
  function removeClosed(results: readonly CloseResult[]): void {
    const closed = new Set(results.filter(({ error }) => !error).map(({ id }) => id));
    const shown = snapshot.value;
    if (shown) apply({ ...shown, sessions: shown.sessions.filter(({ id }) => !closed.has(id)) });
  }

  function dismissOutcome(): void {
    clearCloseError();
    closedCount.value = 0;
    failures.value = noFailures;
  }

  return {
    accountId,
    snapshot,
    isRefreshing,
    loadError,
    isStale: useIsStale(resource),
    /** Shown again, or at all, after a proof. */
    needsProof: computed(() => loadError.value?.code === 'reauth-required'),
    current,
    others,
    newCount,
    closing: shallowReadonly(closing),
    isClosing,
    closedCount: shallowReadonly(closedCount),
    failures: shallowReadonly(failures),
    closeError,
    open,
    refresh,
    endLook,
    prove,
    rename,
    close,
    closeOthers,
    retry,
    dismissOutcome,
  };
});
