import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftEdit } from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createTestHost } from '../../../testing/host-for-tests.ts';
import { createGate } from '../../../testing/waiting.ts';
import { DraftKeeper, maxUnkeptMs, pauseMs } from './draft-keeper.ts';
import { emptyDraft, type Draft } from './draft.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const city: DraftEdit = { path: 'contact.city', base: 'Stockholm', mine: 'Malmö' };
const phone: DraftEdit = { path: 'contact.phone', base: '', mine: '1' };

function setUp() {
  const { services, host } = createTestHost();
  const typed = new Map<string, Draft>();
  const found: unknown[] = [];
  const draftOf = (id: string): Draft => typed.get(id) ?? emptyDraft;
  const keeper = new DraftKeeper({
    calls: host.calls.drafts,
    draftOf,
    onFound(id, draft, savedAt) {
      found.push([id, savedAt]);
      typed.set(id, new Map([...draft, ...draftOf(id)]));
      keeper.noteChange(id);
    },
  });
  const type = (id: string, ...edits: DraftEdit[]): void => {
    typed.set(id, new Map(edits.map(({ path, base, mine }) => [path, { base, mine }])));
    keeper.noteChange(id);
  };
  const asked = (verb: string) => services.asked.filter(({ channel }) => channel === `drafts.${verb}`).length;
  const kept = (id: string) => services.drafts.kept.get(id)?.edits;
  return { services, keeper, typed, found, type, asked, kept };
}

describe('X5 keeping what is typed', () => {
  it('comes shortly after the typing has stopped, once', async () => {
    const { keeper, type, asked, kept } = setUp();
    type('c1', { ...city, mine: 'M' });
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    type('c1', city);
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    expect([asked('save'), keeper.isKept()]).toEqual([0, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect([asked('save'), keeper.isKept(), kept('c1')]).toEqual([1, true, [city]]);
  });

  it('waits no longer for a pause than a person may lose', async () => {
    const { type, asked, kept } = setUp();
    const steps = Math.ceil(maxUnkeptMs / (pauseMs - 1));
    for (let step = 0; step < steps; step += 1) {
      type('c1', { ...city, mine: 'M'.repeat(step + 1) });
      await vi.advanceTimersByTimeAsync(pauseMs - 1);
    }
    expect([asked('save'), kept('c1')]).toEqual([1, [{ ...city, mine: 'M'.repeat(steps) }]]);
  });

  it('comes at once where it is asked for, of every account', async () => {
    const { keeper, type, asked, kept } = setUp();
    type('c1', city);
    type('c2', phone);
    expect(await keeper.keep()).toBe(true);
    expect([kept('c1'), kept('c2')]).toEqual([[city], [phone]]);
    await vi.advanceTimersByTimeAsync(pauseMs);
    expect(asked('save')).toBe(2);
  });

  it('goes on until the newest is kept', async () => {
    const { services, keeper, type, asked, kept } = setUp();
    await keeper.find('c1');
    const gate = createGate();
    services.gates.set('drafts.save', gate.opened);
    type('c1', city);
    const keeping = keeper.keep();
    await vi.advanceTimersByTimeAsync(0);
    type('c1', city, phone);
    gate.open();
    expect(await keeping).toBe(true);
    expect([asked('save'), kept('c1')]).toEqual([2, [city, phone]]);
  });

  it('throws away nothing that was kept before, though it is asked for late', async () => {
    const { services, keeper, type, kept, found } = setUp();
    services.drafts.keep('c1', [phone]);
    const gate = createGate();
    services.gates.set('drafts.get', gate.opened);
    type('c1', city);
    const keeping = keeper.keep();
    gate.open();
    expect(await keeping).toBe(true);
    expect([kept('c1'), found]).toEqual([[phone, city], [['c1', services.drafts.now]]]);
  });

  it('leaves its age alone where nothing is changed', async () => {
    const { services, keeper, asked } = setUp();
    services.drafts.keep('c1', [phone]);
    await keeper.find('c1');
    await keeper.find('c1');
    await vi.advanceTimersByTimeAsync(pauseMs);
    expect([asked('get'), asked('save'), keeper.isKept()]).toEqual([1, 0, true]);
  });

  it('drops what was kept once nothing is typed any more', async () => {
    const { keeper, type, asked, kept } = setUp();
    type('c1', city);
    await keeper.keep();
    type('c1');
    // At once: a kill must not bring it back.
    await vi.advanceTimersByTimeAsync(0);
    expect([asked('discard'), kept('c1'), keeper.isKept()]).toEqual([1, undefined, true]);
  });

  it('says why it fails, and tries again with the next that is typed and where it is asked for', async () => {
    const { services, keeper, type, kept } = setUp();
    services.faults.set('drafts.save', new AppError('storage-fault', { reason: 'disk-full' }));
    type('c1', city);
    expect(await keeper.keep()).toBe(false);
    expect(keeper.errors.get('c1')).toEqual({ code: 'storage-fault', reason: 'disk-full' });
    services.faults.clear();
    type('c1', city, phone);
    await vi.advanceTimersByTimeAsync(pauseMs);
    expect([kept('c1'), keeper.errors.size, keeper.isKept()]).toEqual([[city, phone], 0, true]);
  });

  it('replaces nothing while what was kept before cannot be read', async () => {
    const { services, keeper, type, kept } = setUp();
    services.drafts.keep('c1', [phone]);
    services.faults.set('drafts.get', new AppError('storage-fault'));
    await expect(keeper.find('c1')).rejects.toMatchObject({ code: 'storage-fault' });
    type('c1', city);
    expect(await keeper.keep()).toBe(false);
    expect(kept('c1')).toEqual([phone]);
    services.faults.clear();
    expect(await keeper.keep()).toBe(true);
    expect(kept('c1')).toEqual([phone, city]);
  });

  it('ends with the account', async () => {
    const { keeper, typed, type, asked } = setUp();
    type('c1', city);
    typed.delete('c1');
    keeper.forget('c1');
    await vi.advanceTimersByTimeAsync(pauseMs);
    expect([asked('save'), asked('discard'), keeper.isKept()]).toEqual([0, 0, true]);
  });
});
