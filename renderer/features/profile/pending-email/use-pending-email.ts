import { shallowReadonly, shallowRef, watch, type Ref } from 'vue';
import type { EmailChange } from '../../../../shared/contract/account/email-change.ts';
import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import { useHost } from '../../../host/host.ts';
import { t } from '../../../lib/i18n/text.ts';
import { useAttempt } from '../../../lib/use-attempt.ts';
import { useEventListener } from '../../../lib/use-event-listener.ts';
import { useToasts } from '../../../ui/feedback/use-toasts.ts';

interface PendingEmailOptions {
  readonly snapshot: Readonly<Ref<ProfileSnapshot>>;
  /** Reads the profile again. */
  readonly refresh: () => Promise<void>;
}

/**
 * A new address that waits for its link to be opened, which happens in another window: looked at again when this one
 * is.
 */
export function usePendingEmail({ snapshot, refresh }: PendingEmailOptions) {
  const host = useHost();
  const toasts = useToasts();
  const pending = shallowRef<EmailChange['pending']>(null);
  const { isBusy, error, attempt } = useAttempt();
  const accountId = () => snapshot.value.accountId;

  function take(next: EmailChange): void {
    if (next.accountId !== accountId()) return;
    const wasWaiting = pending.value !== null;
    pending.value = next.pending;
    // Opened meanwhile, or called off elsewhere: the profile tells which.
    if (wasWaiting && !next.pending) void refresh();
  }

  /** What cannot be asked for now is not told: the page says by itself that there is no network. */
  function look(): void {
    if (snapshot.value.source !== 'provider') return;
    host.calls.emailChange.status({ accountId: accountId() }).then(take, () => undefined);
  }

  async function resend(): Promise<void> {
    await attempt(async () => {
      take(await host.calls.emailChange.resend({ accountId: accountId() }));
      if (pending.value) toasts.say({ title: t('emailChange.resent', { email: pending.value.email }) });
    });
    // It may be over: nothing waits any more.
    if (error.value?.code === 'not-found') look();
  }

  async function cancel(): Promise<void> {
    const isDone = await attempt(async () => {
      await host.calls.emailChange.cancel({ accountId: accountId() });
      pending.value = null;
    });
    if (isDone)
      toasts.say({ title: t('emailChange.cancelled', { email: snapshot.value.sections.contact.values.email }) });
  }

  watch(
    () => snapshot.value.accountId,
    () => (pending.value = null),
  );
  watch(() => snapshot.value.sequence, look, { immediate: true });
  useEventListener('focus', look);

  return { pending: shallowReadonly(pending), isBusy, error, resend, cancel };
}
