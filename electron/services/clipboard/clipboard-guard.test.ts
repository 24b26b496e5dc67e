import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { createMemoryClipboard, type MemoryClipboard } from '../testing/memory-clipboard.ts';
import { silentLog } from '../testing/test-storage.ts';
import { ClipboardGuard } from './clipboard-guard.ts';

let clock: ManualClock;
let clipboard: MemoryClipboard;
let guard: ClipboardGuard;
let told: (string | null)[];

beforeEach(() => {
  clock = createManualClock();
  clipboard = createMemoryClipboard();
  told = [];
  guard = new ClipboardGuard({ clipboard, clock, log: silentLog, emit: (_channel, { clearsAt }) => void told.push(clearsAt) });
});

describe('X12 clipboard guard', () => {
  it('takes a secret away after 30 seconds, and says when', async () => {
    expect(await guard.copySecret('pdk_secret')).toEqual({ clearsAt: '2026-01-01T00:00:30.000Z' });
    await clock.advance(29_999);
    expect(clipboard.content).toBe('pdk_secret');
    await clock.advance(1);
    expect(clipboard.content).toBe('');
    expect(told).toEqual(['2026-01-01T00:00:30.000Z', null]);
  });

  it('leaves what the person copied meanwhile', async () => {
    await guard.copySecret('pdk_secret');
    clipboard.content = 'a shopping list';
    await clock.advance(30_000);
    expect(clipboard.content).toBe('a shopping list');
    expect(told.at(-1)).toBeNull();
  });

  it('counts 30 seconds anew for a second secret', async () => {
    await guard.copySecret('first');
    await clock.advance(20_000);
    await guard.copySecret('second');
    await clock.advance(20_000);
    expect(clipboard.content).toBe('second');
    await clock.advance(10_000);
    expect(clipboard.content).toBe('');
  });

  it('takes it away at once when asked to, as at sign-out, lock and quit', async () => {
    await guard.copySecret('pdk_secret');
    await guard.clear();
    expect(clipboard.content).toBe('');
    clipboard.content = 'a shopping list';
    await guard.clear();
    await clock.advance(60_000);
    expect(clipboard.content).toBe('a shopping list');
  });

  it('says that there is no clipboard, and lets nothing of a failed end through', async () => {
    clipboard.isAvailable = false;
    await expect(guard.copySecret('pdk_secret')).rejects.toMatchObject({ code: 'clipboard-unavailable' });
    clipboard.isAvailable = true;
    await guard.copySecret('pdk_secret');
    clipboard.isAvailable = false;
    await guard.clear();
    expect(told.at(-1)).toBeNull();
  });
});
