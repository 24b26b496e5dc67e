import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { createMemoryClipboard, type MemoryClipboard } from '../../testing/memory-clipboard.ts';
import { silentLog } from '../../testing/test-storage.ts';
import { ClipboardGuard } from './clipboard-guard.ts';

let clock: ManualClock;
let clipboard: MemoryClipboard;
let guard: ClipboardGuard;
let emitted: (string | null)[];
let stillThere: boolean[];

beforeEach(() => {
  clock = createManualClock();
  clipboard = createMemoryClipboard();
  emitted = [];
  stillThere = [];
  guard = new ClipboardGuard({
    clipboard,
    clock,
    log: silentLog,
    emit(_channel, { clearsAt, isStillThere }) {
      emitted.push(clearsAt);
      if (isStillThere !== undefined) stillThere.push(isStillThere);
    },
  });
});

describe('X12 clipboard guard', () => {
  it('takes a secret away after 30 seconds, and says when', async () => {
    expect(await guard.copySecret('pdk_secret')).toEqual({ clearsAt: '2026-01-01T00:00:30.000Z' });
    await clock.advance(29_999);
    expect(clipboard.content).toBe('pdk_secret');
    await clock.advance(1);
    expect(clipboard.content).toBe('');
    expect(emitted).toEqual(['2026-01-01T00:00:30.000Z', null]);
  });

  it('leaves what the person copied meanwhile', async () => {
    await guard.copySecret('pdk_secret');
    clipboard.content = 'a shopping list';
    await clock.advance(30_000);
    expect(clipboard.content).toBe('a shopping list');
    expect(emitted.at(-1)).toBeNull();
  });

  it('leaves a text that is no secret, which also ends the watch over a secret before it', async () => {
    await guard.copySecret('pdk_secret');
    expect(await guard.copyText('a fingerprint')).toEqual({});
    expect(emitted.at(-1)).toBeNull();
    // Even the same text, copied on purpose, stays.
    await guard.copyText('pdk_secret');
    await clock.advance(60_000);
    expect(clipboard.content).toBe('pdk_secret');
    await guard.clear();
    expect(clipboard.content).toBe('pdk_secret');
  });

  it('keeps its watch where the text could not be copied', async () => {
    await guard.copySecret('pdk_secret');
    clipboard.isAvailable = false;
    await expect(guard.copyText('a fingerprint')).rejects.toMatchObject({ code: 'clipboard-unavailable' });
    clipboard.isAvailable = true;
    await clock.advance(30_000);
    expect(clipboard.content).toBe('');
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

  it('does not take away early what is copied in the moment the 30 seconds of another end', async () => {
    await guard.copySecret('first');
    const write = clipboard.writeSecret.bind(clipboard);
    // The second is being written, by a slow program, when the time of the first is over.
    clipboard.writeSecret = async (text) => {
      await clock.advance(30_000);
      await write(text);
    };
    await guard.copySecret('second');
    await clock.advance(10_000);
    expect(clipboard.content).toBe('second');
    await clock.advance(20_000);
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

  it('says that there is no clipboard', async () => {
    clipboard.isAvailable = false;
    await expect(guard.copySecret('pdk_secret')).rejects.toMatchObject({ code: 'clipboard-unavailable' });
    expect(emitted).toEqual([]);
  });

  it('tries again while another program holds the clipboard, and emits the end only then', async () => {
    await guard.copySecret('pdk_secret');
    clipboard.isAvailable = false;
    await clock.advance(30_000);
    expect([clipboard.content, emitted.at(-1)]).toEqual(['pdk_secret', '2026-01-01T00:00:30.000Z']);
    clipboard.isAvailable = true;
    await clock.advance(5_000);
    expect([clipboard.content, emitted.at(-1)]).toEqual(['', null]);
  });

  it('takes it away at quit also where it could not before', async () => {
    await guard.copySecret('pdk_secret');
    clipboard.isAvailable = false;
    await guard.clear();
    clipboard.isAvailable = true;
    await guard.clear();
    expect([clipboard.content, emitted.at(-1)]).toEqual(['', null]);
  });

  it('gives up after some minutes: a clipboard that is not there any more', async () => {
    await guard.copySecret('pdk_secret');
    clipboard.isAvailable = false;
    await clock.advance(600_000);
    expect(emitted.at(-1)).toBeNull();
    clipboard.isAvailable = true;
    await clock.advance(600_000);
    expect(clipboard.content).toBe('pdk_secret');
  });

  describe('where a history puts its last entry back (C1)', () => {
    /** As Klipper with "prevent empty clipboard": at once, or a moment later. */
    function putBack(secret: string, when: 'at-once' | 'later', how: 'when-empty' | 'always' = 'when-empty'): void {
      const { clear, writeText } = clipboard;
      const restore = async (): Promise<void> => {
        if (when === 'later') await clock.sleep(200);
        clipboard.content = secret;
      };
      clipboard.clear = async () => {
        await clear();
        const done = restore();
        if (when === 'at-once') await done;
      };
      if (how === 'always')
        clipboard.writeText = async (text) => {
          await writeText(text);
          await restore();
        };
    }

    it.each(['at-once', 'later'] as const)('%s: something harmless takes its place', async (when) => {
      await guard.copySecret('pdk_secret');
      putBack('pdk_secret', when);
      await clock.advance(30_000);
      await clock.advance(200);
      await clock.advance(1_000);
      expect(clipboard.content).toBe('Profile Desk');
      expect(emitted.at(-1)).toBeNull();
      expect(stillThere).toEqual([]);
    });

    it('is said where it comes back all the same', async () => {
      await guard.copySecret('pdk_secret');
      putBack('pdk_secret', 'at-once', 'always');
      await clock.advance(30_000);
      expect(clipboard.content).toBe('pdk_secret');
      expect(stillThere).toEqual([true]);
    });

    it('leaves alone what the person copied in the moment between', async () => {
      await guard.copySecret('pdk_secret');
      await clock.advance(30_000);
      clipboard.content = 'a shopping list';
      await clock.advance(1_000);
      expect(clipboard.content).toBe('a shopping list');
    });
  });
});
