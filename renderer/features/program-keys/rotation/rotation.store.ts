import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { MadeAccessKey } from '../../../../shared/contract/keys/access-keys.ts';
import type { MadeApiKey } from '../../../../shared/contract/keys/api-key.ts';
import type { RotationPlace } from '../../../../shared/contract/keys/rotation.ts';
import { useHost } from '../../../host/host.ts';
import { createResource } from '../../../lib/resource/resource.ts';
import { t } from '../../../lib/i18n/text.ts';
import { stepsOf } from './steps.ts';

/** The exchange of a key that is under way at the account that is shown (X2); at most one. */
export const useRotationStore = defineStore('rotation', () => {
  const host = useHost();
  const { rotation } = host.calls;
  const { accountId, snapshot, apply, open } = createResource(host, 'rotation.changed', {
    read: (id) => rotation.get({ accountId: id }),
  });
  const account = () => ({ accountId: accountId.value });

  /** Undefined while that is not known. */
  const current = computed(() => snapshot.value?.rotation);
  const progress = computed(() => {
    if (!current.value) return '';
    const steps = stepsOf(current.value.kind);
    return t('rotation.stepOf', { step: steps.indexOf(current.value.step) + 1, total: steps.length });
  });

  async function beginAccessKey(keyId: string): Promise<MadeAccessKey> {
    const { made, ...next } = await rotation.beginAccessKey({ ...account(), keyId });
    apply(next);
    return made;
  }

  async function renewApiKey(): Promise<MadeApiKey> {
    const { made, ...next } = await rotation.renewApiKey(account());
    apply(next);
    return made;
  }

  return {
    current,
    progress,
    open,
    beginAccessKey,
    renewApiKey,
    beginApiKey: async () => apply(await rotation.beginApiKey(account())),
    setPlaces: async (places: readonly RotationPlace[]) =>
      apply(await rotation.setPlaces({ ...account(), places: [...places] })),
    test: async () => apply(await rotation.test(account())),
    stopOld: async (deleteAt: string | null) => apply(await rotation.stopOld({ ...account(), deleteAt })),
    restartOld: async () => apply(await rotation.restartOld(account())),
    deleteOld: async () => apply(await rotation.deleteOld(account())),
    end: async () => apply(await rotation.end(account())),
  };
});
