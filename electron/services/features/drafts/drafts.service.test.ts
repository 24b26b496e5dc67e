import { describe, expect, it, vi } from 'vitest';
import {
  drafts as contract,
  maxDraftBytes,
  type DraftEdit,
  type DraftsSnapshot,
} from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createServiceEmitter } from '../../core/service-events.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { startStorage } from '../../testing/test-storage.ts';
import { createDrafts } from './drafts.service.ts';
import { draftSpec } from './drafts.stored.ts';

const city: DraftEdit = { path: 'contact.city', base: 'Stockholm', mine: 'Malmö' };
const phone: DraftEdit = { path: 'contact.phone', base: '', mine: '+46 8 1' };
const team: DraftEdit = {
  path: 'more.team',
  base: [],
  mine: ['a', 'b'],
  shown: { label: 'Team', value: 'A and B' },
};

/** Two accounts on one computer. `start` is the app started again on the same files. */
function setUp() {
  const files = createMemoryFiles();
  const is = { shown: true, accounts: ['c1', 'c2'], full: false };
  const write: typeof files.write = (name, bytes) =>
    is.full ? Promise.reject(new AppError('storage-fault', { reason: 'disk-full' })) : files.write(name, bytes);
  const keyWrapper = createTestKeyWrapper();
  const clock = createManualClock();
  const events = createServiceEmitter();
  const told: DraftsSnapshot[] = [];
  const wanted = vi.fn<() => void>();
  const start = () =>
    createDrafts({
      storage: startStorage({ ...files, write }, keyWrapper),
      registry: { all: () => Promise.resolve({ accounts: is.accounts.map((id) => ({ id })) }) },
      clock,
      events,
      isKnown: (id) => Promise.resolve(is.accounts.includes(id)),
      mustShow: () =>
        is.shown ? Promise.resolve() : Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
      tolerate: (act) => act(),
      emit: (channel, payload) => {
        if (channel === 'drafts.wanted') wanted();
        else told.push(payload as DraftsSnapshot);
      },
    });
  return { files, is, clock, events, told, wanted, keyWrapper, start, drafts: start() };
}

const first = { accountId: 'c1' };

describe('X5 what was typed and not sent', () => {
  it('is there after a restart, of each account its own, with its age', async () => {
    const { drafts, start, clock, told } = setUp();
    await drafts.handlers.save({ ...first, edits: [city, team] });
    await clock.advance(3_600_000);
    await drafts.handlers.save({ accountId: 'c2', edits: [phone] });
    const marks = [
      { accountId: 'c1', savedAt: '2026-01-01T00:00:00.000Z' },
      { accountId: 'c2', savedAt: '2026-01-01T01:00:00.000Z' },
    ];
    expect(told.at(-1)).toEqual({ drafts: marks });
    const again = start();
    expect(await again.handlers.list(undefined)).toEqual({ drafts: marks });
    expect(await again.handlers.get(first)).toEqual({ edits: [city, team], savedAt: marks[0]?.savedAt });
    expect((await again.handlers.get({ accountId: 'c2' })).edits).toEqual([phone]);
  });

  it('takes the place of what was typed before', async () => {
    const { drafts, start } = setUp();
    await drafts.handlers.save({ ...first, edits: [city, phone] });
    await drafts.handlers.save({ ...first, edits: [phone] });
    expect((await start().handlers.get(first)).edits).toEqual([phone]);
  });

  it.each(['discard', 'save'] as const)('leaves no file once it is dropped: %s', async (how) => {
    const { drafts, files, start, told } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    expect(await files.read('draft-c1.sealed')).toBeDefined();
    await (how === 'save' ? drafts.handlers.save({ ...first, edits: [] }) : drafts.handlers.discard(first));
    expect(await files.read('draft-c1.sealed')).toBeUndefined();
    expect(told.at(-1)).toEqual({ drafts: [] });
    expect(await start().handlers.get(first)).toEqual({ edits: [], savedAt: null });
  });

  it('cannot be read on the disk', async () => {
    const { drafts, files } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    expect(Buffer.from((await files.read('draft-c1.sealed')) ?? []).includes('Malm')).toBe(false);
  });

  it('stays as it was where the disk is full, and that is said', async () => {
    const { drafts, is, start, told } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    is.full = true;
    await expect(drafts.handlers.save({ ...first, edits: [phone] })).rejects.toMatchObject({
      code: 'storage-fault',
      details: { reason: 'disk-full' },
    });
    is.full = false;
    expect(told).toHaveLength(1);
    expect((await drafts.handlers.get(first)).edits).toEqual([city]);
    expect((await start().handlers.get(first)).edits).toEqual([city]);
  });

  it('is refused where it is too long, and the one before stays', async () => {
    const { drafts } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    const long = { ...phone, base: 'x'.repeat(maxDraftBytes / 2), mine: 'ö'.repeat(maxDraftBytes / 4) };
    await expect(drafts.handlers.save({ ...first, edits: [long] })).rejects.toMatchObject({
      details: { reason: 'request-too-large' },
    });
    expect((await drafts.handlers.get(first)).edits).toEqual([city]);
  });

  it('is taken from no page with a field in it twice, which an import would refuse', () => {
    const { input } = contract.save;
    expect(input.safeParse({ ...first, edits: [city, phone] }).success).toBe(true);
    expect(input.safeParse({ ...first, edits: [city, { ...city, mine: 'Lund' }] }).success).toBe(false);
  });

  it('is shown to nobody once its person has signed out, and is there when they come back', async () => {
    const { drafts, is, events } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    is.shown = false;
    await events.emit('session-ended', first);
    await expect(drafts.handlers.get(first)).rejects.toMatchObject({ details: { reason: 'session-ended' } });
    is.shown = true;
    expect((await drafts.handlers.get(first)).edits).toEqual([city]);
  });

  it('goes with its account, and nothing late is kept of that', async () => {
    const { drafts, files, is, events, told } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    await drafts.handlers.save({ accountId: 'c2', edits: [phone] });
    is.accounts = ['c2'];
    await events.emit('forgotten', first);
    await drafts.handlers.save({ ...first, edits: [city] });
    expect(await files.read('draft-c1.sealed')).toBeUndefined();
    expect(told.at(-1)?.drafts.map(({ accountId }) => accountId)).toEqual(['c2']);
  });

  it('hides no other draft where its file is in the way, and does not replace that', async () => {
    const { drafts, files, start, keyWrapper } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    await drafts.handlers.save({ accountId: 'c2', edits: [phone] });
    const later = startStorage(files, keyWrapper);
    await later
      .document({ name: 'draft-c1.sealed', what: 'drafts', account: 'c1', version: 2, schema: draftSpec.schema })
      .write({ version: 1, savedAt: '2026-01-01T00:00:00Z', edits: [] });
    const again = start();
    expect((await again.handlers.list(undefined)).drafts.map(({ accountId }) => accountId)).toEqual(['c2']);
    await expect(again.handlers.save({ ...first, edits: [phone] })).rejects.toMatchObject({ code: 'storage-fault' });
  });

  it('leaves out fields that no screen of this version could name', async () => {
    const { drafts, files, start, keyWrapper } = setUp();
    await drafts.handlers.save({ ...first, edits: [city] });
    const edits = [{ ...city, path: 'contact.fax' }, city];
    await startStorage(files, keyWrapper)
      .document({ name: 'draft-c1.sealed', what: 'drafts', account: 'c1', version: 1, schema: draftSpec.schema })
      .write({ version: 1, savedAt: '2026-01-01T00:00:00Z', edits });
    expect((await start().handlers.get(first)).edits).toEqual([city]);
  });
});

describe('X5 X11 what was typed last, before a lock', () => {
  it('is asked for once, and waited for until the page has said that it is kept', async () => {
    const { drafts, wanted } = setUp();
    await drafts.handlers.get(first);
    let isOver = false;
    const asking = Promise.all([drafts.keepTyped(), drafts.keepTyped()]).then(() => (isOver = true));
    await drafts.handlers.save({ ...first, edits: [city] });
    expect([wanted.mock.calls.length, isOver]).toEqual([1, false]);
    await drafts.handlers.confirmKept(undefined);
    await asking;
    // Whoever asks again, since the app was not ended after all, is answered anew.
    const again = drafts.keepTyped();
    await drafts.handlers.confirmKept(undefined);
    await again;
    expect(wanted).toHaveBeenCalledTimes(2);
  });

  it('is waited for three seconds, where the page does not answer', async () => {
    const { drafts, clock } = setUp();
    await drafts.handlers.get(first);
    let isOver = false;
    const asking = drafts.keepTyped().then(() => (isOver = true));
    await clock.advance(2_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await asking;
  });

  it('is not asked for where no page has shown a profile', async () => {
    const { drafts, wanted } = setUp();
    await drafts.handlers.list(undefined);
    await drafts.keepTyped();
    expect(wanted).not.toHaveBeenCalled();
  });
});
