import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { createAccountSnapshot } from './account-snapshot.ts';

function setUp() {
  const { services, host, resync } = createTestHost();
  const snapshot = createAccountSnapshot(host, 'mfa.changed', (accountId) => host.calls.mfa.status({ accountId }));
  snapshot.start();
  const asked = () => services.asked.filter(({ channel }) => channel === 'mfa.status').length;
  return { services, security: services.security, resync, snapshot, asked };
}

describe('W10 what is known of the account that is shown', () => {
  it('is asked for once, then told of', async () => {
    const { services, security, snapshot, asked } = setUp();
    await snapshot.open('c1');
    expect(snapshot.value.value?.isOn).toBe(false);
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c1'));
    expect(snapshot.value.value?.isOn).toBe(true);
    expect(asked()).toBe(1);
  });

  it('is not mixed up with another account', async () => {
    const { services, security, snapshot } = setUp();
    await snapshot.open('c1');
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c2'));
    expect(snapshot.value.value?.isOn).toBe(false);
  });

  it('shows nothing of the one before while another is asked for, and drops its late answer', async () => {
    const { services, snapshot } = setUp();
    await snapshot.open('c1');
    const gate = createGate();
    services.held.set('mfa.status', gate.opened);
    const late = snapshot.refresh();
    services.held.delete('mfa.status');
    await snapshot.open('c2');
    gate.open();
    await late;
    expect(snapshot.value.value?.accountId).toBe('c2');
    expect(snapshot.isReading.value).toBe(false);
  });

  it('does not blame the account that is shown for a late failure of the one before', async () => {
    const { services, snapshot } = setUp();
    const [first, second] = [createGate(), createGate()];
    services.held.set('mfa.status', first.opened);
    const late = snapshot.open('c1');
    await settle();
    services.held.set('mfa.status', second.opened);
    const opening = snapshot.open('c2');
    services.faults.set('mfa.status', new AppError('offline'));
    first.open();
    await late;
    expect([snapshot.error.value, snapshot.isReading.value]).toEqual([undefined, true]);
    services.faults.clear();
    second.open();
    await opening;
    expect(snapshot.isReading.value).toBe(false);
  });

  it('lets an event that came while it was asked for win', async () => {
    const { services, security, snapshot } = setUp();
    const gate = createGate();
    services.held.set('mfa.status', gate.opened);
    const opening = snapshot.open('c1');
    security.turnOn();
    services.emit('mfa.changed', security.statusOf('c1'));
    security.isOn = false;
    gate.open();
    await opening;
    expect(snapshot.value.value?.isOn).toBe(true);
  });

  it('keeps what is known when it cannot be asked anew, and says why', async () => {
    const { services, snapshot } = setUp();
    await snapshot.open('c1');
    services.faults.set('mfa.status', new AppError('offline'));
    await snapshot.refresh();
    expect(snapshot.value.value?.accountId).toBe('c1');
    expect(snapshot.error.value).toEqual({ code: 'offline' });
    services.faults.clear();
    await snapshot.refresh();
    expect(snapshot.error.value).toBeUndefined();
  });

  it('is asked for again after a break of the connection to the shell, once something is shown', async () => {
    const { snapshot, resync, asked } = setUp();
    resync();
    await settle();
    expect([asked(), snapshot.error.value]).toEqual([0, undefined]);
    await snapshot.open('c1');
    resync();
    await settle();
    expect(asked()).toBe(2);
  });
});
