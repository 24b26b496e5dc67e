import { describe, expect, it } from 'vitest';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { settle } from '../../testing/waiting.ts';
import { useMfaStore } from './mfa.store.ts';

async function setUp(prepare: (services: ReturnType<typeof createTestHost>['services']) => void) {
  const { services, pinia } = createTestHost();
  services.addAccount();
  prepare(services);
  await useAccountsStore(pinia).start();
  const store = useMfaStore(pinia);
  store.start();
  await settle();
  return { store };
}

describe('E6 two-step verification of the current account', () => {
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
