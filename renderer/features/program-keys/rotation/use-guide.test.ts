import { effectScope, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { createGate, settle } from '../../../testing/waiting.ts';
import { usePendingSecret } from '../use-pending-secret.ts';
import { useRotationStore } from './rotation.store.ts';
import { useGuide } from './use-guide.ts';

async function setUp() {
  const { services, pinia, app } = createTestHost();
  const { id } = services.addAccount();
  services.profileOf(id).offers = ['api-key'];
  services.keys.addApiKey();
  await useAccountsStore(pinia).start();
  const rotation = useRotationStore(pinia);
  await rotation.open(id);
  await rotation.beginApiKey();
  const guide = app.runWithContext(() =>
    effectScope().run(() => {
      const pending = usePendingSecret<string>({
        pendingUntil: shallowRef<string | null>(null),
        resume: () => Promise.resolve(null),
        finish: () => Promise.resolve(),
      });
      return useGuide(pending, () => undefined);
    }),
  )!;
  const tick = (name: string) =>
    guide.setPlaces(guide.places.value.map((place) => (place.name === name ? { name, isSwitched: true } : place)));
  const ticked = () => services.keys.rotation?.places.filter(({ isSwitched }) => isSwitched).map(({ name }) => name);
  await guide.setPlaces(['Office server', 'Laptop'].map((name) => ({ name, isSwitched: false })));
  return { services, guide, tick, ticked };
}

describe('X2 ticking off the places of a key', () => {
  it('counts each tick, however fast one follows the other', async () => {
    const { services, guide, tick, ticked } = await setUp();
    const { opened, open } = createGate();
    services.gates.set('rotation.setPlaces', opened);
    const first = tick('Office server');
    const second = tick('Laptop');
    expect(guide.hasSwitched.value).toBe(true);
    await settle();
    open();
    await Promise.all([first, second]);
    expect(ticked()).toEqual(['Office server', 'Laptop']);
    expect(guide.hasSwitched.value).toBe(true);
  });

  it('shows no tick that could not be saved, and says why', async () => {
    const { services, guide, tick, ticked } = await setUp();
    services.faults.set('rotation.setPlaces', new AppError('storage-fault', { reason: 'disk-full' }));
    await tick('Office server');
    expect(guide.error.value).toMatchObject({ code: 'storage-fault' });
    expect([ticked(), guide.hasSwitched.value]).toEqual([[], false]);
  });
});
