import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { sampleSessions } from '../../testing/sample-sessions.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { useSessionsStore } from './sessions.store.ts';

async function setUp({ isOpen = true } = {}) {
  const testHost = createTestHost();
  const { services, pinia } = testHost;
  const { id } = services.addAccount();
  const sessions = useSessionsStore(pinia);
  if (isOpen) await sessions.open(id);
  const asked = (channel: string) =>
    services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
  const ids = () => sessions.others.map((session) => session.id).join(' ');
  return { ...testHost, fake: services.sessions, id, sessions, asked, ids };
}

describe('E8 E9 the list of sessions', () => {
  it('asks nobody before the screen opens', async () => {
    const { services } = await setUp({ isOpen: false });
    expect(services.asked).toEqual([]);
  });

  it('parts the current one from the others', async () => {
    const { sessions, ids } = await setUp();
    expect(sessions.current?.id).toBe('s-current');
    expect(ids()).toBe('s-0 s-1 s-2 s-3 s-4 s-5');
    expect(sessions.newCount).toBe(1);
  });

  it('D5 shows what is kept until the provider has answered, and stays with it if there is no answer', async () => {
    const { services, sessions, id } = await setUp({ isOpen: false });
    const { opened, open } = createGate();
    services.gates.set('sessions.list provider', opened);
    services.faults.set('sessions.list provider', new AppError('offline', { reason: 'timed-out' }));
    const opening = sessions.open(id);
    await settle();
    expect(sessions.snapshot?.source).toBe('cache');
    expect(sessions.isStale).toBe(false);
    open();
    await opening;
    expect(sessions.isStale).toBe(true);
    expect([sessions.snapshot?.source, sessions.loadError]).toEqual([
      'cache',
      { code: 'offline', reason: 'timed-out' },
    ]);
  });

  it('does not go blank when it is opened again, and takes over what came meanwhile', async () => {
    const { services, fake, sessions, id, ids } = await setUp();
    const { opened, open } = createGate();
    services.gates.set('sessions.list provider', opened);
    fake.sessions = sampleSessions(2);
    const again = sessions.open(id);
    expect(ids()).toContain('s-5');
    open();
    await again;
    expect(ids()).toBe('s-0 s-1');
  });

  it('is told of changes, once each, and asks again after a break', async () => {
    const { services, fake, sessions, asked, resync, ids, id } = await setUp();
    await sessions.open(id);
    fake.sessions = sampleSessions(1);
    services.emit('sessions.changed', fake.snapshotOf(id));
    expect(ids()).toBe('s-0');
    services.emit('sessions.changed', { ...fake.snapshotOf('another'), sessions: [] });
    expect(ids()).toBe('s-0');
    const before = asked('sessions.list provider').length;
    resync();
    await settle();
    expect(asked('sessions.list provider')).toHaveLength(before + 1);
  });
});

describe('X4 new since the last look', () => {
  it('is over when the look ends, and not before', async () => {
    const { sessions, asked } = await setUp();
    expect(asked('sessions.markSeen')).toEqual([]);
    sessions.endLook();
    await settle();
    expect(asked('sessions.markSeen')).toEqual([{ accountId: 'c1' }]);
    expect(sessions.newCount).toBe(0);
    sessions.endLook();
    expect(asked('sessions.markSeen')).toHaveLength(1);
  });

  it('ends for one account when another is looked at, and a failure to note it harms nobody', async () => {
    const { services, sessions, asked } = await setUp();
    services.faults.set('sessions.markSeen', new AppError('storage-fault'));
    await sessions.open(services.addAccount().id);
    await settle();
    expect(asked('sessions.markSeen')).toEqual([{ accountId: 'c1' }]);
    expect(sessions.accountId).toBe('c2');
  });
});

describe('X10 own names', () => {
  it('are given and taken away', async () => {
    const { sessions } = await setUp();
    const name = () => sessions.others.find((session) => session.id === 's-2')?.ownName;
    await sessions.rename('s-2', 'Tablet in the kitchen');
    expect(name()).toBe('Tablet in the kitchen');
    await sessions.rename('s-2', '');
    expect(name()).toBeNull();
  });

  it('tell why they cannot be kept', async () => {
    const { sessions } = await setUp();
    await expect(sessions.rename('gone', 'Name')).rejects.toMatchObject({ code: 'not-found' });
  });
});
