import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createTestHost } from '../../testing/host-for-tests.ts';
import { createGate, settle } from '../../testing/waiting.ts';
import { useSessionsStore } from './sessions.store.ts';

async function setUp() {
  const { services, pinia } = createTestHost();
  const { id } = services.addAccount();
  const sessions = useSessionsStore(pinia);
  await sessions.open(id);
  const asked = (channel: string) =>
    services.asked.filter((each) => each.channel === channel).map(({ input }) => input);
  const ids = () => sessions.others.map((session) => session.id).join(' ');
  return { services, fake: services.sessions, sessions, asked, ids };
}

describe('E9 closing sessions', () => {
  it('takes them from the list and counts them', async () => {
    const { sessions, asked, ids } = await setUp();
    expect(await sessions.close(['s-1', 's-3'])).toBe(true);
    expect(asked('sessions.close')).toEqual([{ accountId: 'c1', ids: ['s-1', 's-3'] }]);
    expect(ids()).toBe('s-0 s-2 s-4 s-5');
    expect(sessions.closedCount).toBe(2);
    sessions.dismissOutcome();
    expect(sessions.closedCount).toBe(0);
  });

  it('says which are being closed meanwhile, and a second press does nothing', async () => {
    const { services, sessions, asked } = await setUp();
    const { opened, open } = createGate();
    services.gates.set('sessions.close', opened);
    const first = sessions.close(['s-1']);
    expect([...sessions.closing]).toEqual(['s-1']);
    expect(await sessions.close(['s-1'])).toBe(false);
    open();
    expect(await first).toBe(true);
    expect(sessions.closing.size).toBe(0);
    expect(asked('sessions.close')).toHaveLength(1);
  });

  it('keeps the reason of each that stays open; only those are tried again', async () => {
    const { fake, sessions, asked, ids } = await setUp();
    fake.refusals.set('s-2', new AppError('forbidden')).set('s-3', new AppError('server-fault'));
    expect(await sessions.close(['s-1', 's-2', 's-3'])).toBe(false);
    expect([...sessions.failures]).toEqual([
      ['s-2', { code: 'forbidden' }],
      ['s-3', { code: 'server-fault' }],
    ]);
    expect(sessions.closedCount).toBe(1);
    fake.refusals.clear();
    expect(await sessions.retry()).toBe(true);
    expect(asked('sessions.close').at(-1)).toEqual({ accountId: 'c1', ids: ['s-2', 's-3'] });
    expect([sessions.failures.size, ids()]).toEqual([0, 's-0 s-4 s-5']);
  });

  it('closes nothing without an answer, and says why', async () => {
    const { services, sessions, ids } = await setUp();
    services.faults.set('sessions.close', new AppError('offline', { reason: 'timed-out' }));
    expect(await sessions.close(['s-1'])).toBe(false);
    expect(sessions.closeError).toEqual({ code: 'offline', reason: 'timed-out' });
    expect(ids()).toContain('s-1');
    expect([sessions.closing.size, sessions.closedCount]).toEqual([0, 0]);
  });

  it('takes the closed ones out also where the list cannot be read afterwards', async () => {
    const { fake, sessions, ids } = await setUp();
    fake.isReadable = false;
    await sessions.close(['s-0', 's-1', 's-2', 's-3']);
    expect(ids()).toBe('s-4 s-5');
  });

  it('closes all others by one call of its own, so that none that came meanwhile stays', async () => {
    const { fake, sessions, asked, ids } = await setUp();
    fake.sessions = [...fake.sessions, { ...fake.sessions[1]!, id: 's-late' }];
    expect(await sessions.closeOthers(['s-0', 's-1', 's-2', 's-3', 's-4', 's-5'])).toBe(true);
    expect(asked('sessions.closeOthers')).toEqual([{ accountId: 'c1' }]);
    expect([ids(), sessions.closedCount, sessions.current?.id]).toEqual(['', 7, 's-current']);
  });

  it('tells nothing of one account on the screen of another', async () => {
    const { services, sessions } = await setUp();
    const { opened, open } = createGate();
    services.gates.set('sessions.close', opened);
    const closing = sessions.close(['s-1']);
    await sessions.open(services.addAccount().id);
    open();
    await closing;
    await settle();
    expect(sessions.closedCount).toBe(0);
  });
});
