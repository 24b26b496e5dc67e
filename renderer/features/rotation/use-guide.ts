import { computed } from 'vue';
import type { RotationPlace } from '../../../shared/contract/rotation.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import type { HeldSecret } from '../keys/use-held-secret.ts';
import { useReauthStore } from '../reauth/reauth.store.ts';
import { useRotationStore } from './rotation.store.ts';

/** What the guides of both kinds of keys do alike. */
export function useGuide<T>(held: HeldSecret<T>, close: () => void) {
  const rotation = useRotationStore();
  const reauth = useReauthStore();
  const { isBusy, error, attempt } = useAttempt();
  const places = computed(() => rotation.current?.places ?? []);

  /** Asks for a proof where one is missing. */
  function guarded(act: () => Promise<unknown>): Promise<boolean> {
    return attempt(() => reauth.run(act));
  }

  /** Over, as it stands; a secret that is still held is left for good first. */
  async function end(): Promise<void> {
    if ((await held.done()) && (await attempt(rotation.end))) close();
  }

  return {
    places,
    isBusy,
    error,
    attempt,
    guarded,
    end,
    test: () => attempt(rotation.test),
    setPlaces: (next: readonly RotationPlace[]) => void attempt(() => rotation.setPlaces(next)),
    hasSwitched: computed(() => places.value.every(({ isSwitched }) => isSwitched)),
  };
}
