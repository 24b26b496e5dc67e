import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { settle } from '../testing/waiting.ts';
import { useAccountsStore } from './accounts.store.ts';
import { useReauthStore } from './reauth.store.ts';

async function setUp() {
  const testHost = createTestHost();
  const first = testHost.services.addAccount();
  testHost.services.addAccount();
  const { security } = testHost.services;
  security.asksForProof = true;
  const accounts = useAccountsStore(testHost.pinia);
  await accounts.start();
  const store = useReauthStore(testHost.pinia);
  store.start();
  await settle();
  const turnOff = () => testHost.host.calls.mfa.turnOff({ accountId: 'c2' });
  return { ...testHost, security, accounts, first, store, turnOff };
}

const right = { kind: 'password', password: 'right' } as const;

describe('E12 re-authentication', () => {
  it('asks for no proof where none is wanted', async () => {
    const { store, security, turnOff } = await setUp();
    security.asksForProof = false;
    expect((await store.run(turnOff)).isOn).toBe(false);
    expect(store.isAsking).toBe(false);
  });

  it('asks once for all acts that wait, and then they go on', async () => {
    const { store, turnOff, services } = await setUp();
    const acts = Promise.all([store.run(turnOff), store.run(turnOff)]);
    await settle();
    expect(store.isAsking).toBe(true);
    await store.prove(right);
    expect(await acts).toHaveLength(2);
    expect(store.isAsking).toBe(false);
    expect(services.asked.filter(({ channel }) => channel === 'reauth.prove')).toEqual([
      { channel: 'reauth.prove', input: { accountId: 'c2', proof: right } },
    ]);
  });

  it('K10 asks about another account than the one that is shown, and says nothing of that one', async () => {
    const { store, services, host } = await setUp();
    const shown = store.state;
    const act = store.run(() => host.calls.mfa.turnOff({ accountId: 'c1' }), 'addSshKeys', 'c1');
    await settle();
    expect([store.isAsking, store.askedId, store.askedState]).toEqual([true, 'c1', undefined]);
    services.faults.set('reauth.status', new AppError('offline'));
    await store.refreshAsked();
    expect(store.askedError).toMatchObject({ code: 'offline' });
    services.faults.clear();
    await store.refreshAsked();
    expect([store.askedState?.accountId, store.askedError]).toEqual(['c1', undefined]);
    // Who wants something else meanwhile is not asked at the same time.
    const other = store.run(() => Promise.reject(new AppError('reauth-required')));
    await expect(other).rejects.toMatchObject({ code: 'cancelled' });
    await store.prove(right);
    await act;
    const proved = services.asked.filter(({ channel }) => channel === 'reauth.prove');
    expect(proved).toEqual([{ channel: 'reauth.prove', input: { accountId: 'c1', proof: right } }]);
    expect([store.askedId, store.state]).toEqual(['c2', shown]);
  });

  it('keeps asking after a wrong proof', async () => {
    const { store, turnOff } = await setUp();
    const act = store.run(turnOff);
    await settle();
    await expect(store.prove({ kind: 'password', password: 'wrong' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(store.isAsking).toBe(true);
    await store.prove(right);
    await act;
  });

  it('ends every waiting act as cancelled, and can be asked again', async () => {
    const { store, turnOff } = await setUp();
    const acts = [store.run(turnOff), store.run(turnOff)];
    const outcomes = Promise.allSettled(acts);
    await settle();
    store.cancel();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    const again = store.run(turnOff);
    await settle();
    expect(store.isAsking).toBe(true);
    await store.prove(right);
    await again;
  });

  it('lets other errors through without asking', async () => {
    const { store } = await setUp();
    const act = vi.fn(() => Promise.reject(new AppError('offline')));
    await expect(store.run(act)).rejects.toMatchObject({ code: 'offline' });
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('does not carry a question over to another account', async () => {
    const { store, turnOff, accounts, first } = await setUp();
    const outcome = Promise.allSettled([store.run(turnOff)]);
    await settle();
    await accounts.select(first.id);
    expect((await outcome)[0]).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  });

  it('knows until when a proof holds, also from an event, and ends that', async () => {
    const { store, security, services } = await setUp();
    expect(store.validUntil).toBeUndefined();
    security.validUntil = '2026-03-01T10:00:00.000Z';
    services.emit('reauth.changed', security.reauthState('c2'));
    expect(store.validUntil).toBe('2026-03-01T10:00:00.000Z');
    await store.end();
    expect(store.validUntil).toBeUndefined();
  });
});
