import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { Rotation, RotationPlace } from '../../../../shared/contract/keys/rotation.ts';
import { useHost } from '../../../host/host.ts';
import { createAccountSnapshot } from '../../../lib/snapshots/account-snapshot.ts';
import { t } from '../../../lib/i18n/text.ts';
import { stepsOf } from './steps.ts';

/** The exchange of a key that is under way at the account that is shown (X2); at most one. */
export const useRotationStore = defineStore('rotation', () => {
  const host = useHost();
  const {
    value,
    set,
    open: openSnapshot,
    start,
  } = createAccountSnapshot(host, 'rotation.changed', async (accountId) => ({
    accountId,
    ...(await host.calls.rotation.get({ accountId })),
  }));
  let accountId = '';
  let isListening = false;

  /** Undefined while that is not known. */
  const current = computed(() => value.value?.rotation);
  const progress = computed(() => {
    if (!current.value) return '';
    const steps = stepsOf(current.value.kind);
    return t('rotation.stepOf', { step: steps.indexOf(current.value.step) + 1, total: steps.length });
  });

  function open(id: string): Promise<void> {
    if (!isListening) start();
    isListening = true;
    accountId = id;
    return openSnapshot(id);
  }

  function take<T extends { rotation: Rotation | null }>(answer: T): T {
    set({ accountId, rotation: answer.rotation });
    return answer;
  }

  const here = () => ({ accountId });
  const { calls } = host;
  return {
    current,
    progress,
    open,
    beginAccessKey: async (keyId: string) => take(await calls.rotation.beginAccessKey({ ...here(), keyId })).made,
    beginApiKey: async () => void take(await calls.rotation.beginApiKey(here())),
    setPlaces: async (places: readonly RotationPlace[]) =>
      void take(await calls.rotation.setPlaces({ ...here(), places: [...places] })),
    renewApiKey: async () => take(await calls.rotation.renewApiKey(here())).made,
    test: async () => void take(await calls.rotation.test(here())),
    stopOld: async (deleteAt: string | null) => void take(await calls.rotation.stopOld({ ...here(), deleteAt })),
    restartOld: async () => void take(await calls.rotation.restartOld(here())),
    deleteOld: async () => void take(await calls.rotation.deleteOld(here())),
    end: async () => void take(await calls.rotation.end(here())),
  };
});
