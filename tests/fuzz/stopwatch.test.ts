import v8 from 'node:v8';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createStopwatch } from './stopwatch.ts';

/** Milliseconds of processor time. */
const work = 60;

describe('the time that the fuzz allows a call', () => {
  const stopwatch = createStopwatch();
  afterEach(() => stopwatch[Symbol.dispose]());

  it('is that of this thread and of those it starts, and none of the collector', async () => {
    // The collector may come in between, and what it takes is not the work's.
    const busy = await stopwatch.measure(async () => workHard());
    expect(busy.took).toBeGreaterThanOrEqual(work / 2);

    const thread = new Worker(`${workHard.toString()}; const work = ${work}; ${answerWithWork}`, { eval: true });
    const inThread = await stopwatch.measure(async () => answerOf(thread));
    expect(inThread.took).toBeGreaterThanOrEqual(work / 2);
    const idle = await stopwatch.measure(async () => undefined);
    expect(idle.took).toBeLessThan(work / 2);
    await thread.terminate();

    const heap = Array.from({ length: 500_000 }, (_, number) => ({ number }));
    const collect = makeCollect();
    const start = process.threadCpuUsage();
    const collection = await stopwatch.measure(async () => collect());
    const whole = process.threadCpuUsage(start).user / 1_000;
    expect(heap).toHaveLength(500_000);
    expect(collection.took).toBeLessThan(whole / 2);
  });
});

const answerWithWork = `
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', () => { workHard(); parentPort.postMessage('done'); });
  setInterval(() => undefined, 1_000);
`;

function workHard(): void {
  const start = process.threadCpuUsage();
  while (process.threadCpuUsage(start).user < work * 1_000);
}

async function answerOf(thread: Worker): Promise<void> {
  const answer = new Promise<void>((resolve) => thread.once('message', () => resolve()));
  thread.postMessage('work');
  return answer;
}

/** What V8 does by itself, at a moment of our choice. */
function makeCollect(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  v8.setFlagsFromString('--no-expose-gc');
  return collect;
}
