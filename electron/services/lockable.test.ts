import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import { createLockable, type Run, type RunOptions } from './lockable.ts';

const storage = {} as Awaited<ReturnType<Run['pause']>>;

/** Runs whose `demo.mails` tells which they are. */
function setUp({
  refuses = false,
  lasts = Promise.resolve(),
  change = Promise.resolve(),
  keepTyped = () => Promise.resolve(),
} = {}) {
  const runs: { options: RunOptions; tell: (message: EventMessage) => void; ended: string[] }[] = [];
  const make = (options: RunOptions): Promise<Run> => {
    const listeners = new Set<(message: EventMessage) => void>();
    const ended: string[] = [];
    const number = runs.push({ options, ended, tell: (message) => listeners.forEach((listener) => listener(message)) });
    return Promise.resolve({
      handlers: {
        // As one that was asked a while ago.
        demo: { mails: () => lasts.then(() => number) },
        drafts: { save: () => number },
        vault: { lock: () => options.onLock() },
        transfer: { finishImport: () => options.renew(() => change).then(() => 'taken over') },
      } as unknown as Run['handlers'],
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      clearClipboard: () => Promise.resolve(),
      keepTyped,
      close: () => lasts.then(() => void ended.push('closed')),
      pause: () => Promise.resolve(storage),
      lock: () => (refuses ? Promise.reject(new AppError('not-offered')) : Promise.resolve(void ended.push('locked'))),
    });
  };
  const heard = vi.fn<(message: EventMessage) => void>();
  return { runs, make, heard };
}

const news: EventMessage = { channel: 'profile.changed', payload: 'of a person' };
const mailsOf = (services: { handlers: Run['handlers'] }) => services.handlers.demo.mails({} as never) as unknown;

describe('X11 services that are locked', () => {
  it('are others from then on, and nothing of those before is heard any more', async () => {
    const { runs, make, heard } = setUp();
    const services = await createLockable(make);
    services.onEvent(heard);
    runs[0]!.tell(news);
    expect([await mailsOf(services), heard.mock.calls]).toEqual([1, [[news]]]);
    heard.mockClear();
    await runs[0]!.options.onLock();
    expect(runs.map(({ options, ended }) => [options.isLocked, ended])).toEqual([
      [false, ['locked', 'closed']],
      [true, []],
    ]);
    runs[0]!.tell(news);
    expect(heard.mock.calls).toEqual([[{ channel: 'vault.locked', payload: {} }]]);
    runs[1]!.tell(news);
    expect(heard).toHaveBeenLastCalledWith(news);
    expect(await mailsOf(services)).toBe(2);
  });

  it('go on as they were where they cannot be', async () => {
    const { runs, make, heard } = setUp({ refuses: true });
    const services = await createLockable(make);
    services.onEvent(heard);
    await expect(runs[0]!.options.onLock()).rejects.toMatchObject({ code: 'not-offered' });
    runs[0]!.tell(news);
    expect([await mailsOf(services), heard.mock.calls, runs.length]).toEqual([1, [[news]], 1]);
  });

  it('answer nobody from the moment of the lock, whenever they were asked; the next ones do', async () => {
    let letGo = (): void => undefined;
    const lasts = new Promise<void>((resolve) => (letGo = resolve));
    const { make, heard } = setUp({ lasts });
    const services = await createLockable(make);
    services.onEvent(heard);
    const before = mailsOf(services);
    const locking = services.handlers.vault.lock(undefined);
    const meanwhile = mailsOf(services);
    // The page goes at once, also where something takes long to end.
    await expect.poll(() => heard.mock.calls).toEqual([[{ channel: 'vault.locked', payload: {} }]]);
    letGo();
    await expect(before).rejects.toMatchObject({ details: { reason: 'passphrase-needed' } });
    expect(await meanwhile).toBe(2);
    await locking;
  });
});

describe('X5 X11 services that are about to be locked', () => {
  const saveAt = (services: { handlers: Run['handlers'] }) => services.handlers.drafts.save({} as never) as unknown;

  it('take what a page hands over, and nothing else; what comes later is for the next ones', async () => {
    let letGo = (): void => undefined;
    const keepTyped = vi.fn<() => Promise<void>>(() => new Promise((resolve) => (letGo = resolve)));
    const { runs, make } = setUp({ keepTyped });
    const services = await createLockable(make);
    const locking = services.handlers.vault.lock(undefined);
    const other = mailsOf(services);
    await expect.poll(() => keepTyped.mock.calls).toHaveLength(1);
    expect([await saveAt(services), runs[0]!.ended]).toEqual([1, []]);
    letGo();
    await locking;
    expect([await other, await saveAt(services), runs[0]!.ended]).toEqual([2, 2, ['locked', 'closed']]);
  });

  it('begin no import as long as the page is asked, and are locked then', async () => {
    let letGo = (): void => undefined;
    const keepTyped = () => new Promise<void>((resolve) => (letGo = resolve));
    const { runs, make } = setUp({ keepTyped });
    const services = await createLockable(make);
    const locking = services.handlers.vault.lock(undefined);
    const finishing = Promise.resolve(services.handlers.transfer.finishImport({ importId: 'any' }));
    await expect(finishing).rejects.toMatchObject({ details: { reason: 'passphrase-needed' } });
    letGo();
    await locking;
    expect(runs.map(({ options }) => options.isLocked)).toEqual([false, true]);
  });
});

describe('X14 services that are renewed', () => {
  const finish = (services: { handlers: Run['handlers'] }) =>
    services.handlers.transfer.finishImport({ importId: 'any' }) as unknown;

  it('begin anew on the same storage, unlocked, and answer whoever asked for it', async () => {
    const { runs, make, heard } = setUp();
    const services = await createLockable(make);
    services.onEvent(heard);
    expect(await finish(services)).toBe('taken over');
    expect(runs.map(({ options, ended }) => [options.isLocked, options.storage, ended])).toEqual([
      [false, undefined, ['closed']],
      [false, storage, []],
    ]);
    expect(heard.mock.calls).toEqual([[{ channel: 'transfer.imported', payload: {} }]]);
    expect(await mailsOf(services)).toBe(2);
  });

  it('begin anew also where the change failed, which nobody is told of as done', async () => {
    const change = Promise.reject(new AppError('storage-fault', { reason: 'disk-full' }));
    const { runs, make, heard } = setUp({ change });
    const services = await createLockable(make);
    services.onEvent(heard);
    await expect(finish(services)).rejects.toMatchObject({ details: { reason: 'disk-full' } });
    expect([runs.length, heard.mock.calls, await mailsOf(services)]).toEqual([2, [], 2]);
  });

  it('are locked after that, where a lock was asked for meanwhile; no call slips through in between', async () => {
    let letGo = (): void => undefined;
    const change = new Promise<void>((resolve) => (letGo = resolve));
    const { runs, make } = setUp({ change });
    const services = await createLockable(make);
    const finishing = finish(services);
    const locking = services.handlers.vault.lock(undefined);
    const meanwhile = mailsOf(services);
    letGo();
    await finishing;
    await locking;
    expect(runs.map(({ options, ended }) => [options.isLocked, ended])).toEqual([
      [false, ['closed']],
      [false, ['locked', 'closed']],
      [true, []],
    ]);
    expect(await meanwhile).toBe(3);
  });
});
