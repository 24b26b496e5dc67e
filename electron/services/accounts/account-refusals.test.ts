import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createMemoryFiles } from '../testing/memory-files.ts';
import { createTestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { startStorage } from '../testing/test-storage.ts';
import { createAccountRefusals } from './account-refusals.ts';

const day = 86_400_000;

function setUp() {
  const clock = createManualClock();
  const [files, keyWrapper] = [createMemoryFiles(), createTestKeyWrapper()];
  const noted: string[] = [];
  const writes: Promise<unknown>[] = [];
  /** As after a start of the app. */
  const start = (version = '1.0.0', onWrite: () => void = () => undefined) => {
    const storage = startStorage(files, keyWrapper, clock);
    return createAccountRefusals({
      ...{ storage, clock, version, onNoted: (id) => noted.push(id) },
      tolerate(write) {
        onWrite();
        const written = write().catch(() => undefined);
        writes.push(written);
        return written;
      },
    });
  };
  /** Notes it, and waits until that is kept. */
  const note = async (service: ReturnType<typeof start>, what: string, mark?: string) => {
    const refusals = await service.load('a');
    refusals.note(what, mark);
    // Whatever is asked for later is answered later.
    await service.load('a');
    await expect.poll(() => writes.length).toBeGreaterThan(0);
    await Promise.all(writes);
  };
  return { clock, files, noted, start, note };
}

describe('R1 what a service refused', () => {
  it('is known after a restart, and told of once', async () => {
    const { noted, start } = setUp();
    const service = start();
    const refusals = await service.load('a');
    expect(refusals.has('role x')).toBe(false);
    for (const _ of [1, 2]) refusals.note('role x');
    expect([refusals.has('role x'), refusals.has('role y'), noted]).toEqual([true, false, ['a']]);
    await expect.poll(async () => (await start().load('a')).has('role x')).toBe(true);
    expect((await start().load('b')).has('role x'), 'of another account').toBe(false);
  });

  it('says nothing of other rights, nor of another version of the app', async () => {
    const { start, note } = setUp();
    await note(start(), 'role x', 'view');
    const later = await start().load('a');
    expect([later.has('role x', 'view'), later.has('role x', 'view manage'), later.has('role x')]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await start('1.0.1').load('a')).has('role x', 'view')).toBe(false);
  });

  it('is forgotten after a day, and where the clock says that it is still to come', async () => {
    const { clock, start, note } = setUp();
    await note(start(), 'role x');
    await clock.advance(day - 1);
    expect((await start().load('a')).has('role x')).toBe(true);
    await clock.advance(1);
    expect((await start().load('a')).has('role x')).toBe(false);
    clock.setBack(2 * day);
    expect((await start().load('a')).has('role x')).toBe(false);
  });

  it('is forgotten with the sign-in that it was of; what comes late is not kept', async () => {
    const { files, start, note } = setUp();
    const service = start();
    await note(service, 'role x');
    const before = await service.load('a');
    await service.remove('a');
    before.note('role y');
    const next = await service.load('a');
    expect([next.has('role x'), next.has('role y')]).toEqual([false, false]);
    expect(await files.read('refusals-a.sealed')).toBeUndefined();
  });

  it('counts in this run also where nothing can be kept or opened', async () => {
    const { start } = setUp();
    const service = start('1.0.0', () => {
      throw new AppError('storage-fault', { reason: 'disk-full' });
    });
    const refusals = await service.load('a');
    expect(() => refusals.note('role x')).not.toThrow();
    expect(refusals.has('role x')).toBe(true);
  });
});
