import { effectScope, type EffectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { useIdentitiesStore } from '../features/identities/identities.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { settle } from '../testing/waiting.ts';
import { useConnectionsStore } from './connections.store.ts';
import { useReauthStore } from './reauth.store.ts';

/** Two accounts; the second is shown. `section` is what a component has: it is over once another page is open. */
async function setUp() {
  const { services, pinia, app } = createTestHost();
  const first = services.addConnection();
  const second = services.addConnection();
  services.identities.offer();
  const connections = useConnectionsStore(pinia);
  await connections.start();
  const section = effectScope();
  const asked = (channel: string) =>
    services.asked
      .filter((each) => each.channel === channel)
      .map(({ input }) => (input as { connectionId: string }).connectionId);
  const visit = async (scope: EffectScope, start: () => void) => {
    app.runWithContext(() => scope.run(start));
    await settle();
    scope.stop();
  };
  return { pinia, first, second, connections, section, visit, asked };
}

describe('C3 E12 X7 what a store shows belongs to the account that is shown', () => {
  it('also when it was first needed by a section that is gone, and the account is changed on another page', async () => {
    const { pinia, first, second, connections, section, visit } = await setUp();
    const identities = useIdentitiesStore(pinia);
    await visit(section, identities.start);
    expect(identities.snapshot?.connectionId).toBe(second.id);
    await connections.select(first.id);
    await settle();
    expect(identities.snapshot?.connectionId).toBe(first.id);
    await connections.select(second.id);
    expect(identities.snapshot?.connectionId).not.toBe(first.id);
  });

  it.each([
    { name: 'two-step verification', use: useMfaStore, channel: 'mfa.status' },
    { name: 'the proof of who you are', use: useReauthStore, channel: 'reauth.status' },
  ])('$name follows too, whoever started it', async ({ use, channel }) => {
    const { pinia, first, second, connections, section, visit, asked } = await setUp();
    await visit(section, use(pinia).start);
    await connections.select(first.id);
    await settle();
    expect(asked(channel)).toEqual([second.id, first.id]);
  });

  it('a proof that was being asked for one account is not taken for another', async () => {
    const { pinia, first, connections, section, visit } = await setUp();
    const reauth = useReauthStore(pinia);
    await visit(section, reauth.start);
    const act = reauth.run(() => Promise.reject(new AppError('reauth-required')));
    const outcome = act.catch((error: unknown) => error);
    await settle();
    await connections.select(first.id);
    expect(await outcome).toMatchObject({ code: 'cancelled' });
  });
});
