import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { settle } from '../../testing/waiting.ts';
import { useConnectionsStore } from '../../account/connections.store.ts';
import { useProfileStore } from '../profile/profile.store.ts';
import { useMfaStore } from './mfa.store.ts';

async function setUp(prepare: (services: ReturnType<typeof createTestHost>['services']) => void) {
  const { services, pinia } = createTestHost();
  services.addConnection();
  prepare(services);
  await useConnectionsStore(pinia).start();
  const profile = useProfileStore(pinia);
  const store = useMfaStore(pinia);
  store.start();
  await settle();
  return { services, security: services.security, profile, store };
}

describe('E6 two-step verification of the current account', () => {
  it('must be turned on first where the account is forced to, until it is', async () => {
    const { services, security, store } = await setUp(({ security }) => (security.isForced = true));
    expect(store.mustEnrol).toBe(true);
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c1'));
    expect(store.mustEnrol).toBe(false);
  });

  it('must be turned on where the provider refuses everything else without it', async () => {
    const { services, store, profile } = await setUp(({ faults }) => {
      faults
        .set('profile.get provider', new AppError('mfa-required'))
        .set('profile.get cache', new AppError('not-found'));
    });
    await profile.open('c1');
    expect(store.mustEnrol).toBe(true);
    services.security.turnOn();
    services.emit('mfa.changed', services.security.statusOf('c1'));
    expect(store.mustEnrol).toBe(false);
  });

  it('is nobody’s duty otherwise', async () => {
    expect((await setUp(() => undefined)).store.mustEnrol).toBe(false);
  });

  it.each([
    [6, false],
    [7, true],
    [10, true],
  ])('E5 after %i of 10 recovery codes, too few are left: %s', async (used, isFew) => {
    const { store } = await setUp(({ security }) => security.turnOn(used));
    expect(store.hasFewCodes).toBe(isFew);
  });

  it('E5 does not call it few where there is no set', async () => {
    expect((await setUp(() => undefined)).store.hasFewCodes).toBe(false);
  });
});
