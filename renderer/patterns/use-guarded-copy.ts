import { computed, onScopeDispose, shallowRef } from 'vue';
import type { Copied } from '../../shared/contract/keys/keys.ts';
import { useHost } from '../host/host.ts';
import { formatDuration } from '../lib/formats.ts';
import { useAttempt } from '../lib/use-attempt.ts';

/** Has the services put a secret on the clipboard, and knows until when it is there (X12). */
export function useGuardedCopy() {
  const host = useHost();
  const { isBusy, error, attempt } = useAttempt();
  const copied = shallowRef<{ readonly clearsAt: string; readonly seconds: number }>();

  /** Returns whether it is on the clipboard. */
  function copy(act: () => Promise<Copied>): Promise<boolean> {
    copied.value = undefined;
    return attempt(async () => {
      const { clearsAt } = await act();
      copied.value = { clearsAt, seconds: Math.round((Date.parse(clearsAt) - Date.now()) / 1_000) };
    });
  }

  // Something else was copied, or it was taken away again.
  onScopeDispose(
    host.on('clipboard.changed', ({ clearsAt }) => {
      if (clearsAt !== copied.value?.clearsAt) copied.value = undefined;
    }),
  );

  /** How long it stays, as said when it was copied; undefined if it is not there. */
  const stays = computed(() => copied.value && formatDuration(copied.value.seconds));
  return { isCopying: isBusy, copyError: error, stays, copy };
}
