import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryFiles } from '../../testing/memory-files.ts';
import { silentLog } from '../../testing/test-storage.ts';
import { Tries, triesFile } from './tries.ts';

const second = 1_000;

function setUp() {
  const [files, clock] = [createMemoryFiles(), createManualClock()];
  const start = () => new Tries({ files, clock, log: silentLog });
  return { files, clock, start };
}

async function wrong(tries: Tries, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await tries.note();
}

describe('D3 wrong passphrases', () => {
  it('cost nothing twice, then a wait that doubles up to a quarter of an hour', async () => {
    const { start, clock } = setUp();
    const tries = start();
    const waits = [];
    for (let n = 0; n < 13; n += 1) {
      await tries.note();
      const wait = await tries.wait();
      waits.push(wait / second);
      await clock.advance(wait);
      expect(await tries.wait()).toBe(0);
    }
    expect(waits).toEqual([0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
  });

  it('are counted past a restart, as is the wait', async () => {
    const { start, clock } = setUp();
    await wrong(start(), 4);
    await clock.advance(3 * second);
    const next = start();
    expect(await next.wait()).toBe(7 * second);
    await clock.advance(7 * second);
    await next.note();
    expect(await next.wait()).toBe(20 * second);
  });

  it('are forgotten once the right one was given', async () => {
    const { start, files } = setUp();
    const tries = start();
    await wrong(tries, 5);
    await tries.clear();
    expect(await tries.wait()).toBe(0);
    expect(files.content.has(triesFile)).toBe(false);
    expect(await start().wait()).toBe(0);
  });

  it.each([
    ['set back by a year', 365],
    ['set on by a year', -365],
  ])('wait as long where the clock was %s, in this run and in the next', async (_how, days) => {
    const { start, clock } = setUp();
    const tries = start();
    await wrong(tries, 5);
    clock.setBack(days * 86_400 * second);
    expect([await tries.wait(), await start().wait()]).toEqual([20 * second, 20 * second]);
    await clock.advance(5 * second);
    expect([await tries.wait(), await start().wait()]).toEqual([15 * second, 15 * second]);
    // Nor does a try under another time begin anew, or count twice.
    await start().note();
    clock.setBack(-days * 86_400 * second);
    expect(await start().wait()).toBe(40 * second);
  });

  it('go on from the start of the computer, where it was started anew: never longer than the wait', async () => {
    const { start, clock } = setUp();
    await wrong(start(), 5);
    clock.reboot();
    expect(await start().wait()).toBe(20 * second);
    await clock.advance(12 * second);
    expect(await start().wait()).toBe(8 * second);
    await clock.advance(8 * second);
    expect(await start().wait()).toBe(0);
  });

  it('of the app before are counted, though its time tells nothing', async () => {
    const { start, files, clock } = setUp();
    files.content.set(triesFile, Buffer.from('{"version":1,"wrong":5,"lastAt":0}'));
    clock.reboot();
    const tries = start();
    expect(await tries.wait()).toBe(20 * second);
    await clock.advance(20 * second);
    await tries.note();
    expect(await start().wait()).toBe(40 * second);
  });

  it.each([
    '',
    'no JSON',
    '{"version":1,"wrong":-1,"lastAt":0}',
    '{"version":2}',
    '{"version":2,"wrong":9,"lastSinceBoot":-1}',
  ])('keep nobody out by a damaged file: %j', async (content) => {
    const { start, files } = setUp();
    files.content.set(triesFile, Buffer.from(content));
    expect(await start().wait()).toBe(0);
  });

  it('are counted in this run also where none can be kept', async () => {
    const { clock, files } = setUp();
    const full = { ...files, write: () => Promise.reject(new Error('full')) };
    const tries = new Tries({ files: full, clock, log: silentLog });
    await wrong(tries, 3);
    expect(await tries.wait()).toBe(5 * second);
  });
});
