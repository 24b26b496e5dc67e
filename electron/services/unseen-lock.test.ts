import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import type { Services } from './services.ts';
import { createManualClock } from './testing/manual-clock.ts';
import { UnseenLock } from './unseen-lock.ts';

const minute = 60_000;

function setUp(lockAfterMinutes: Settings['lockAfterMinutes'] = 5) {
  const clock = createManualClock();
  const lock = vi.fn<() => Promise<object>>(() => Promise.resolve({}));
  const faults = vi.fn<(message: string) => void>();
  const handlers = {
    settings: { get: () => Promise.resolve({ theme: 'system', lockAfterMinutes, takeKeysBackOnLock: true }) },
    vault: { lock },
  } as unknown as Services['handlers'];
  const log = { info: () => undefined, warn: () => undefined, error: faults };
  const keepTyped = vi.fn<() => Promise<void>>(() => Promise.resolve());
  return { clock, lock, faults, keepTyped, unseen: new UnseenLock({ handlers, keepTyped }, { clock, log }) };
}

describe('X11 while no page is open', () => {
  it('is locked after as long as the person chose, and not before', async () => {
    const { clock, lock, unseen } = setUp();
    const asleep = clock.nextSleep(5 * minute);
    unseen.noteUnseen();
    await asleep;
    await clock.advance(5 * minute - 1);
    expect(lock).not.toHaveBeenCalled();
    await clock.advance(1);
    await expect.poll(() => lock.mock.calls).toHaveLength(1);
  });

  it('is not where a page came back, and then goes by its clock', async () => {
    const { clock, lock, unseen, faults } = setUp();
    const asleep = clock.nextSleep(5 * minute);
    unseen.noteUnseen();
    await asleep;
    await clock.advance(4 * minute);
    unseen.noteSeen();
    await clock.advance(60 * minute);
    expect([lock.mock.calls, faults.mock.calls]).toEqual([[], []]);
  });

  it('is not where it was not wished', async () => {
    const { clock, lock, unseen } = setUp(null);
    unseen.noteUnseen();
    await clock.advance(24 * 60 * minute);
    expect(lock).not.toHaveBeenCalled();
  });

  it.each([
    ['not-offered', 0],
    ['storage-fault', 1],
  ] as const)('says in the log why it is not, if that is a fault: %s', async (code, times) => {
    const { clock, lock, faults, unseen } = setUp();
    lock.mockRejectedValue(new AppError(code));
    const asleep = clock.nextSleep(5 * minute);
    unseen.noteUnseen();
    await asleep;
    await clock.advance(5 * minute);
    await expect.poll(() => lock.mock.calls).toHaveLength(1);
    await expect.poll(() => faults.mock.calls).toHaveLength(times);
  });
});

it('X5 what was typed last is asked for only where a page is open that could hold it', async () => {
  const { keepTyped, unseen } = setUp();
  await unseen.keepTyped();
  expect(keepTyped).not.toHaveBeenCalled();
  unseen.noteSeen();
  await unseen.keepTyped();
  expect(keepTyped).toHaveBeenCalledOnce();
  unseen.noteUnseen();
  await unseen.keepTyped();
  expect(keepTyped).toHaveBeenCalledOnce();
});
