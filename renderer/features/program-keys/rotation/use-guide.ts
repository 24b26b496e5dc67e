import { computed, shallowRef } from 'vue';
import type { RotationPlace } from '../../../../shared/contract/keys/rotation.ts';
import { useReauthStore } from '../../../account/reauth.store.ts';
import { useAttempt } from '../../../lib/use-attempt.ts';
import type { PendingSecret } from '../use-pending-secret.ts';
import { useRotationStore } from './rotation.store.ts';

/** What the guides of both kinds of keys do alike. */
export function useGuide<T>(pending: PendingSecret<T>, close: () => void) {
  const rotation = useRotationStore();
  const reauth = useReauthStore();
  const { isBusy, error, attempt } = useAttempt();
  const saving = useAttempt();
  /** The list as the person wants it, while that is not saved: the next change starts from it. */
  let saved: Promise<unknown> = Promise.resolve();
  const wanted = shallowRef<readonly RotationPlace[]>();
  const places = computed(() => wanted.value ?? rotation.current?.places ?? []);

  /** Asks for a proof where one is missing. */
  function guarded(act: () => Promise<unknown>): Promise<boolean> {
    return attempt(() => reauth.run(act, 'replaceKey'));
  }

  /** Saves the newest list; what is changed while one is on its way follows it. What cannot be saved is not shown. */
  async function setPlaces(next: readonly RotationPlace[]): Promise<void> {
    wanted.value = next;
    if (saving.isBusy.value) return;
    saved = saving.attempt(async () => {
      for (let sent; wanted.value && sent !== wanted.value;) {
        sent = wanted.value;
        await rotation.setPlaces(sent);
      }
    });
    await saved;
    wanted.value = undefined;
  }

  /** Over, as it stands; a secret that is still pending is left for good first. */
  async function end(): Promise<void> {
    await saved;
    if ((await pending.done()) && (await attempt(rotation.end))) close();
  }

  return {
    places,
    isBusy,
    error: computed(() => error.value ?? saving.error.value),
    attempt,
    guarded,
    end,
    test: () => attempt(rotation.test),
    setPlaces,
    hasSwitched: computed(() => places.value.every(({ isSwitched }) => isSwitched)),
  };
}
