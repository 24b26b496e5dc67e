import { onScopeDispose, shallowReadonly, shallowRef, watch, type Ref } from 'vue';
import { useLeaveStore } from '../../account/leave.store.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useQuestion } from '../../lib/use-question.ts';
import { useUnloadQuestion } from '../../lib/use-unload-question.ts';

interface PendingSecretOptions<T> {
  /** Until when the services hold a secret; null for none, undefined while that is not known. */
  readonly pendingUntil: Readonly<Ref<string | null | undefined>>;
  readonly resume: () => Promise<T | null>;
  /** Has the services forget it. */
  readonly finish: () => Promise<unknown>;
  /** Whether it can be seen again later, so that there is nothing to ask. */
  readonly canBeSeenAgain?: () => boolean;
}

interface PendingEnds {
  /** Locked, or signed out. */
  readonly onDropped: () => void;
  /** The time was over for which the services hold it, of which no event tells. */
  readonly onExpired: () => void;
}

function usePendingEnd(
  pendingUntil: PendingSecretOptions<unknown>['pendingUntil'],
  { onDropped, onExpired }: PendingEnds,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    pendingUntil,
    (until, before) => {
      clearTimeout(timer);
      if (until) timer = setTimeout(onExpired, Date.parse(until) - Date.now());
      else if (before && until === null) onDropped();
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
}

/**
 * A secret that is shown once. It lives here and in the services alone, and not by accident shorter than the person
 * wants.
 */
export function usePendingSecret<T>(options: PendingSecretOptions<T>) {
  const { pendingUntil, resume, finish, canBeSeenAgain = () => false } = options;
  const store = useLeaveStore();
  const { isBusy, error, attempt } = useAttempt();
  const secret = shallowRef<T>();
  /** It was on the screen until its time was over. */
  const hasExpired = shallowRef(false);
  let isSaved = false;
  const { isAsking, ask, answer: close } = useQuestion();

  function take(next: T | null): void {
    isSaved = false;
    hasExpired.value = false;
    secret.value = next ?? undefined;
  }

  async function forget(): Promise<boolean> {
    const isForgotten = await attempt(finish);
    if (isForgotten) secret.value = undefined;
    return isForgotten;
  }

  function leave(): Promise<boolean> {
    if (secret.value === undefined) return Promise.resolve(true);
    if (canBeSeenAgain()) return forget();
    return ask();
  }

  async function answer(hasSaved: boolean): Promise<void> {
    if (!hasSaved) close(false);
    else if (await forget()) close(true);
  }

  function drop(): void {
    secret.value = undefined;
    close(true);
  }

  usePendingEnd(pendingUntil, {
    onDropped: drop,
    onExpired() {
      hasExpired.value = secret.value !== undefined;
      drop();
    },
  });
  // Another screen or account asks here.
  onScopeDispose(store.guardPart(leave));
  useUnloadQuestion(() => secret.value !== undefined);
  onScopeDispose(() => {
    secret.value = undefined;
    close(false);
  });

  return {
    secret: shallowReadonly(secret),
    isAsking,
    hasExpired: shallowReadonly(hasExpired),
    dismissExpired: () => void (hasExpired.value = false),
    isForgetting: isBusy,
    forgetError: error,
    /** Shows one that was just made; null if it got lost. */
    take,
    /** It was copied or saved. */
    noteSaved: () => void (isSaved = true),
    /** Shows it again, as after the page was loaded anew. Errors: those of the read. */
    resume: async () => take(await resume()),
    /** Asks unless it was kept. Resolves with whether it is forgotten everywhere. */
    done: () => (isSaved ? forget() : leave()),
    /** Asks in any case. */
    leave,
    answer,
  };
}

export type PendingSecret<T> = ReturnType<typeof usePendingSecret<T>>;
