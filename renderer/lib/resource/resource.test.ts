import { describe, expect, it } from 'vitest';
import type { SessionsSnapshot } from '../../../shared/contract/account/sessions.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { createResource } from './resource.ts';

function setUp() {
  const { services, host, resync } = createTestHost();
  const resource = createResource(host, 'mfa.changed', {
    read: (accountId) => host.calls.mfa.status({ accountId }),
  });
  const asked = () => services.asked.filter(({ channel }) => channel === 'mfa.status').length;
  return { services, security: services.security, resync, resource, asked };
}

describe('W10 what is known of the account that is shown', () => {
  it('is asked for once, then told of', async () => {
    const { services, security, resource, asked } = setUp();
    await resource.open('c1');
    expect(resource.snapshot.value?.isOn).toBe(false);
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c1'));
    expect(resource.snapshot.value?.isOn).toBe(true);
    expect(asked()).toBe(1);
  });

  it('is not mixed up with another account', async () => {
    const { services, security, resource } = setUp();
    await resource.open('c1');
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c2'));
    expect(resource.snapshot.value?.isOn).toBe(false);
  });

  it('shows nothing of the one before while another is asked for, and drops its late answer', async () => {
    const { services, resource } = setUp();
    await resource.open('c1');
    const gate = createGate();
    services.gates.set('mfa.status', gate.opened);
    const late = resource.refresh();
    services.gates.delete('mfa.status');
    await resource.open('c2');
    gate.open();
    await late;
    expect(resource.snapshot.value?.accountId).toBe('c2');
    expect(resource.isRefreshing.value).toBe(false);
  });

  it('does not blame the account that is shown for a late failure of the one before', async () => {
    const { services, resource } = setUp();
    const [first, second] = [createGate(), createGate()];
    services.gates.set('mfa.status', first.opened);
    const late = resource.open('c1');
    await settle();
    services.gates.set('mfa.status', second.opened);
    const opening = resource.open('c2');
    services.faults.set('mfa.status', new AppError('offline'));
    first.open();
    await late;
    expect([resource.loadError.value, resource.isRefreshing.value]).toEqual([undefined, true]);
    services.faults.clear();
    second.open();
    await opening;
    expect(resource.isRefreshing.value).toBe(false);
  });

  it('lets an event that came while it was asked for win', async () => {
    const { services, security, resource } = setUp();
    const gate = createGate();
    services.gates.set('mfa.status', gate.opened);
    const opening = resource.open('c1');
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c1'));
    security.isOn = false;
    gate.open();
    await opening;
    expect(resource.snapshot.value?.isOn).toBe(true);
  });

  it('keeps what is known when it cannot be asked anew, and says why', async () => {
    const { services, resource } = setUp();
    await resource.open('c1');
    services.faults.set('mfa.status', new AppError('offline'));
    await resource.refresh();
    expect(resource.snapshot.value?.accountId).toBe('c1');
    expect(resource.loadError.value).toEqual({ code: 'offline' });
    services.faults.clear();
    await resource.refresh();
    expect(resource.loadError.value).toBeUndefined();
  });

  it('is known where an event came while it was asked for, though the answer is a failure', async () => {
    const { services, security, resource } = setUp();
    const gate = createGate();
    services.gates.set('mfa.status', gate.opened);
    services.faults.set('mfa.status', new AppError('offline'));
    const opening = resource.open('c1');
    services.emit('mfa.changed', security.statusOf('c1'));
    gate.open();
    await opening;
    expect([resource.snapshot.value?.accountId, resource.loadError.value]).toEqual(['c1', undefined]);
  });

  it('is asked for again after a break of the connection to the shell, once something is shown', async () => {
    const { resource, resync, asked } = setUp();
    resync();
    await settle();
    expect([asked(), resource.loadError.value]).toEqual([0, undefined]);
    await resource.open('c1');
    resync();
    await settle();
    expect(asked()).toBe(2);
  });
});

const cached = (accountId: string): SessionsSnapshot => ({
  accountId,
  source: 'cache',
  takenAt: '2026-03-01T09:00:00.000Z',
  sequence: 0,
  sessions: [],
});
const answered = (accountId: string, sequence: number): SessionsSnapshot => ({
  ...cached(accountId),
  source: 'provider',
  sequence,
});

/** A resource with a cache, whose answers come when the test says so. */
function setUpCached() {
  const waiting: { from: string; answer: (value: SessionsSnapshot) => void; refuse: () => void }[] = [];
  const resource = createResource(createTestHost().host, 'sessions.changed', {
    read: (_id, from) =>
      new Promise((resolve, reject) =>
        waiting.push({ from, answer: resolve, refuse: () => reject(new Error('refused')) }),
      ),
    hasCache: true,
  });
  const next = (from: string) =>
    waiting.splice(
      waiting.findIndex((each) => each.from === from),
      1,
    )[0]!;
  return { resource, next };
}

describe('D5 what is in the cache', () => {
  it('is shown until the provider has answered', async () => {
    const { resource, next } = setUpCached();
    const opened = resource.open('a');
    next('cache').answer(cached('a'));
    await Promise.resolve();
    await Promise.resolve();
    expect(resource.snapshot.value).toEqual(cached('a'));
    next('provider').answer(answered('a', 5));
    await opened;
    expect(resource.snapshot.value).toEqual(answered('a', 5));
  });

  it('does not take the place of what the provider said when it comes late', async () => {
    const { resource, next } = setUpCached();
    const opened = resource.open('a');
    next('provider').answer(answered('a', 5));
    next('cache').answer(cached('a'));
    await opened;
    expect(resource.snapshot.value).toEqual(answered('a', 5));
  });

  it('is newer than the provider where it was asked for later, when the provider could no longer be asked', async () => {
    const { resource, next } = setUpCached();
    const opened = resource.open('a');
    next('cache').refuse();
    next('provider').answer(answered('a', 5));
    await opened;
    resource.apply({ ...cached('a'), sequence: 6 });
    resource.apply(answered('a', 4));
    expect(resource.snapshot.value).toEqual({ ...cached('a'), sequence: 6 });
  });

  it('is ignored where it is of another account', async () => {
    const { resource, next } = setUpCached();
    void resource.open('a');
    void resource.open('b');
    next('cache').answer(cached('a'));
    resource.apply(answered('a', 9));
    await Promise.resolve();
    expect(resource.snapshot.value).toBeUndefined();
  });

  it('may be empty; that the provider does not answer is a fault, until it does', async () => {
    const { resource, next } = setUpCached();
    const opened = resource.open('a');
    next('cache').refuse();
    await Promise.resolve();
    expect(resource.loadError.value).toBeUndefined();
    next('provider').refuse();
    await opened;
    expect([resource.loadError.value, resource.isRefreshing.value]).toEqual([{ code: 'internal' }, false]);
    resource.apply(answered('a', 5));
    expect(resource.loadError.value).toBeUndefined();
  });

  it('leaves said that the provider did not answer, when it comes after that', async () => {
    const { resource, next } = setUpCached();
    const opened = resource.open('a');
    next('provider').refuse();
    await settle();
    next('cache').answer(cached('a'));
    await opened;
    expect([resource.snapshot.value, resource.loadError.value]).toEqual([cached('a'), { code: 'internal' }]);
  });
});
