import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { useAccountsStore } from '../../account/accounts.store.ts';
import { asCached } from '../../testing/as-cached.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { useProfileStore } from './profile.store.ts';

async function setUp() {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  const accounts = useAccountsStore(pinia);
  const profile = useProfileStore(pinia);
  await accounts.start();
  const updates = () => services.asked.filter(({ channel }) => channel === 'profile.update').map(({ input }) => input);
  return { ...testHost, id, accounts, profile, updates };
}

/** Holds the answers of a channel back; the returned function lets them go. */
function closeGate(services: { gates: Map<string, Promise<void>> }, channel: string): () => void {
  const gate = createGate();
  services.gates.set(channel, gate.opened);
  return gate.open;
}

describe('D5 opening a profile', () => {
  it('asks nobody before it is told which', async () => {
    const { services } = await setUp();
    expect(services.asked.map(({ channel }) => channel)).toEqual(['accounts.list']);
  });

  it('shows what is kept at once, without talk of locks, and then what the provider says', async () => {
    const { services, profile, id } = await setUp();
    const release = closeGate(services, 'profile.get provider');
    const opening = profile.open(id);
    await settle();
    expect(profile.snapshot?.source).toBe('cache');
    expect(profile.stateOf('contact.city')).toEqual({ kind: 'pending' });
    expect(profile.stateOf('user.role').kind).toBe('needs-permission');
    release();
    await opening;
    expect(profile.snapshot?.source).toBe('provider');
    expect(profile.stateOf('contact.city')).toEqual({ kind: 'editable' });
  });

  it('is not overtaken by a slow cache', async () => {
    const { services, profile, id } = await setUp();
    const release = closeGate(services, 'profile.get cache');
    const opening = profile.open(id);
    await settle();
    release();
    await opening;
    expect(profile.snapshot?.source).toBe('provider');
  });

  it('keeps the error where there is nothing to show, and forgets it once there is', async () => {
    const { services, profile, id } = await setUp();
    services.faults
      .set('profile.get cache', new AppError('not-found'))
      .set('profile.get provider', new AppError('offline', { reason: 'timed-out' }));
    await profile.open(id);
    expect(profile.loadError).toEqual({ code: 'offline', reason: 'timed-out' });
    services.faults.clear();
    await profile.refresh();
    expect(profile.loadError).toBeUndefined();
    expect(profile.valueOf('contact.city')).toBe('Stockholm');
  });

  it('ignores the late failure of another account, and still waits for its own answer', async () => {
    const { services, profile, id } = await setUp();
    const other = services.addAccount().id;
    services.profiles.delete(id);
    const releaseFirst = closeGate(services, 'profile.get provider');
    const first = profile.open(id);
    await settle();
    const releaseSecond = closeGate(services, 'profile.get provider');
    const second = profile.open(other);
    await settle();
    releaseFirst();
    await first;
    expect(profile.isRefreshing).toBe(true);
    expect(profile.loadError).toBeUndefined();
    releaseSecond();
    await second;
    expect(profile.snapshot).toMatchObject({ accountId: other, source: 'provider' });
    expect(profile.isRefreshing).toBe(false);
  });

  it('asks again after a break of the connection to the shell', async () => {
    const { services, profile, id, resync } = await setUp();
    await profile.open(id);
    services.changeElsewhere(id, 'contact', { city: 'Uppsala' });
    resync();
    await settle();
    expect(profile.valueOf('contact.city')).toBe('Uppsala');
  });
});

describe('D5 X6 offline', () => {
  it('X5 goes on as a draft: what may be changed can be typed into, and Update waits', async () => {
    const { services, profile, id, updates } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    services.setState(id, { kind: 'offline', since: '2026-03-01T10:00:00.000Z', cause: { code: 'offline' } });
    services.emit('profile.changed', asCached(services.changeElsewhere(id, 'contact', {})));
    expect(profile.stateOf('contact.city')).toEqual({ kind: 'editable' });
    expect(profile.stateOf('user.company')).toEqual({ kind: 'set-by-provider' });
    expect(profile.obstacle).toBe('offline');
    expect(profile.valueOf('contact.city')).toBe('Malmö');
    services.setState(id, { kind: 'online', since: '2026-03-01T10:05:00.000Z' });
    services.emit('profile.changed', services.changeElsewhere(id, 'contact', { city: 'Uppsala' }));
    expect(profile.obstacle).toBe('conflicts');
    expect(updates()).toEqual([]);
  });

  it('can be sent again once the person has signed in again, and nothing is said of the session before', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Uppsala');
    services.faults.set('profile.update', new AppError('unauthenticated', { reason: 'session-ended' }));
    await profile.update();
    services.emit('profile.changed', asCached(services.changeElsewhere(id, 'contact', {})));
    services.setState(id, { kind: 'signed-out', sessionEnded: true });
    await settle();
    expect([profile.obstacle, profile.outcome.failure?.reason]).toEqual(['offline', 'session-ended']);
    services.faults.clear();
    services.setState(id, { kind: 'online', since: '2026-03-01T10:00:00.000Z' });
    await settle();
    expect([profile.obstacle, profile.outcome.failure, profile.valueOf('contact.city')]).toEqual([
      undefined,
      undefined,
      'Uppsala',
    ]);
  });

  it('does not let an equally old cached copy lock what the provider just said', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    services.emit('profile.changed', asCached(services.profileOf(id)));
    expect(profile.snapshot?.source).toBe('provider');
  });
});

describe('W2 Update', () => {
  it('cannot be sent while nothing is changed', async () => {
    const { profile, id, updates } = await setUp();
    await profile.open(id);
    expect(profile.obstacle).toBe('nothing-changed');
    await profile.update();
    expect(updates()).toEqual([]);
  });

  it('sends what changed, once for a double click, and is clean afterwards', async () => {
    const { profile, id, updates } = await setUp();
    await profile.open(id);
    profile.change('user.firstName', 'Maria');
    const [first, second] = await Promise.all([profile.update(), profile.update()]);
    expect([first, second]).toEqual([true, true]);
    expect(updates()).toEqual([{ accountId: id, user: { revision: 'u1', changes: { firstName: 'Maria' } } }]);
    expect(profile.isDirty).toBe(false);
    expect(profile.outcome.saved).toEqual(['user']);
    expect(profile.snapshot?.sections.user.values.firstName).toBe('Maria');
  });

  it('keeps the refused section dirty with its field errors, and does not call the saved one changed elsewhere', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    services.refusals.set(
      'contact',
      new AppError('invalid-request', { fields: { city: { code: 'too-long', limit: 100 } } }),
    );
    profile.change('user.firstName', 'Maria');
    profile.change('contact.city', 'x'.repeat(101));
    expect(await profile.update()).toBe(false);
    expect(profile.changed).toEqual(['contact.city']);
    expect(profile.outcome.fieldErrors.get('contact.city')).toEqual({ code: 'too-long', limit: 100 });
    expect(profile.outcome.saved).toEqual(['user']);
    expect(profile.mergedFields).toEqual([]);
    profile.change('contact.city', 'Lund');
    expect(profile.outcome.fieldErrors.size).toBe(0);
  });

  it('loses nothing where the whole call fails', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    services.faults.set('profile.update', new AppError('internal'));
    profile.change('contact.city', 'Lund');
    expect(await profile.update()).toBe(false);
    expect(profile.outcome.failure).toMatchObject({ code: 'internal' });
    expect(profile.valueOf('contact.city')).toBe('Lund');
    expect(profile.isUpdating).toBe(false);
  });

  it('keeps what is typed while it is being sent', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    const release = closeGate(services, 'profile.update');
    profile.change('contact.city', 'Lund');
    const updating = profile.update();
    await settle();
    expect(profile.isUpdating).toBe(true);
    profile.change('contact.city', 'Lund Nord');
    profile.change('contact.phone', '1');
    release();
    expect(await updating).toBe(false);
    expect(profile.draft.get('contact.city')).toEqual({ base: 'Lund', mine: 'Lund Nord' });
    expect(profile.changed).toEqual(['contact.phone', 'contact.city']);
    expect(profile.conflicts).toEqual([]);
  });
});

describe('W2 changed elsewhere', () => {
  it('combines changes of other fields by itself, sends again, and says so', async () => {
    const { services, profile, id, updates } = await setUp();
    await profile.open(id);
    services.changeElsewhere(id, 'contact', { phone: '+46 18 100 00 00' });
    profile.change('contact.city', 'Malmö');
    expect(await profile.update()).toBe(true);
    expect(updates()).toHaveLength(2);
    expect(services.profileOf(id).sections.contact.values).toMatchObject({ city: 'Malmö', phone: '+46 18 100 00 00' });
    expect(profile.mergedFields).toEqual(['contact.phone']);
    expect(profile.outcome.failed).toEqual([]);
  });

  it('shows both values of the same field and sends nothing more until one is chosen', async () => {
    const { services, profile, id, updates } = await setUp();
    await profile.open(id);
    services.changeElsewhere(id, 'contact', { city: 'Uppsala' });
    profile.change('contact.city', 'Malmö');
    expect(await profile.update()).toBe(false);
    expect(profile.conflicts).toEqual(['contact.city']);
    expect(profile.obstacle).toBe('conflicts');
    expect(profile.outcome.failed).toEqual([]);
    await profile.update();
    expect(updates()).toHaveLength(1);
    profile.keepMine('contact.city');
    expect(await profile.update()).toBe(true);
    expect(services.profileOf(id).sections.contact.values.city).toBe('Malmö');
  });

  it('takes the other value when that is chosen', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    profile.change('contact.city', 'Malmö');
    services.emit('profile.changed', services.changeElsewhere(id, 'contact', { city: 'Uppsala' }));
    expect(profile.conflicts).toEqual(['contact.city']);
    profile.undo('contact.city');
    expect(profile.valueOf('contact.city')).toBe('Uppsala');
    expect(profile.isDirty).toBe(false);
  });

  it('gives up after one repetition where the provider keeps refusing', async () => {
    const { services, profile, id, updates } = await setUp();
    await profile.open(id);
    services.refusals.set('contact', new AppError('conflict'));
    profile.change('contact.city', 'Malmö');
    expect(await profile.update()).toBe(false);
    expect(updates()).toHaveLength(2);
    expect(profile.outcome.failed).toEqual([{ section: 'contact', error: { code: 'conflict' } }]);
  });

  it('holds an event back while an Update runs, so that the own value is no clash', async () => {
    const { services, profile, id } = await setUp();
    await profile.open(id);
    const release = closeGate(services, 'profile.update');
    profile.change('contact.phone', '+4681');
    const updating = profile.update();
    await settle();
    const tidied = structuredClone(services.profileOf(id));
    tidied.sections.contact.values.phone = '+46 81';
    services.emit('profile.changed', tidied);
    expect(profile.conflicts).toEqual([]);
    release();
    expect(await updating).toBe(true);
  });
});
