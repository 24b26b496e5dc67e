import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { settle } from '../testing/waiting.ts';
import { useMustEnrol } from './use-must-enrol.ts';

async function setUp(prepare: (services: ReturnType<typeof createTestHost>['services']) => void) {
  const { services, pinia, app } = createTestHost();
  services.addAccount();
  prepare(services);
  await useAccountsStore(pinia).start();
  useMfaStore(pinia).start();
  await settle();
  const mustEnrol = app.runWithContext(useMustEnrol);
  return { services, security: services.security, profile: useProfileStore(pinia), mustEnrol };
}

describe('E6 two-step verification of the current account', () => {
  it('must be turned on first where the account is forced to, until it is', async () => {
    const { services, security, mustEnrol } = await setUp(({ security }) => (security.isForced = true));
    expect(mustEnrol.value).toBe(true);
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c1'));
    expect(mustEnrol.value).toBe(false);
  });

  it('must be turned on where the provider refuses everything else without it', async () => {
    const { services, mustEnrol, profile } = await setUp(({ faults }) => {
      faults
        .set('profile.get provider', new AppError('mfa-required'))
        .set('profile.get cache', new AppError('not-found'));
    });
    await profile.open('c1');
    expect(mustEnrol.value).toBe(true);
    services.security.turnOn();
    services.emit('mfa.changed', services.security.statusOf('c1'));
    expect(mustEnrol.value).toBe(false);
  });

  it('is nobody’s duty otherwise', async () => {
    expect((await setUp(() => undefined)).mustEnrol.value).toBe(false);
  });
});
