import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTerminal } from './terminal.ts';

/** A terminal at the end of a real pipe. */
function setUp(patienceMs?: number) {
  const pipe = spawn('cat');
  onTestFinished(() => void pipe.kill());
  const print = vi.fn<(text: string) => void>();
  const onEnter = vi.fn();
  const terminal = createTerminal(pipe.stdout, print, patienceMs);
  const isHeard = terminal.listen(onEnter);
  onTestFinished(() => terminal.close());
  return { terminal, print, onEnter, isHeard, type: (text: string) => void pipe.stdin.write(text), pipe };
}

describe('M5 the question of the browser shell, at its terminal', () => {
  it.each([
    ['yes', true],
    [' Yes ', true],
    ['', false],
    ['no', false],
    ['yes please', false],
  ])('takes %j for %s', async (typed, isYes) => {
    const { terminal, print, onEnter, type } = setUp();
    const answer = terminal.ask('Connect?', 'yes');
    expect(print).toHaveBeenCalledExactlyOnceWith('Connect?');
    type(`${typed}\n`);
    expect(await answer).toBe(isYes);
    expect(onEnter, 'an answer is no wish for another link').not.toHaveBeenCalled();
  });

  it('takes an answer for one question alone', async () => {
    const { terminal, onEnter, type } = setUp();
    const first = terminal.ask('first', 'yes');
    type('yes\nyes\n');
    expect(await first).toBe(true);
    await expect.poll(() => onEnter.mock.calls.length).toBe(1);
    const second = terminal.ask('second', 'yes');
    type('\n');
    expect(await second).toBe(false);
  });

  it('is a no after a while without an answer', async () => {
    const { terminal, onEnter, type } = setUp(50);
    expect(await terminal.ask('Connect?', 'yes')).toBe(false);
    type('\n');
    await expect.poll(() => onEnter.mock.calls.length).toBe(1);
  });

  it('X11 is a no once it was taken back, and the next line is for what comes then', async () => {
    const { terminal, onEnter, type } = setUp();
    const controller = new AbortController();
    const first = terminal.ask('first', 'yes', controller.signal);
    controller.abort();
    expect(await first).toBe(false);
    expect(await terminal.ask('too late', 'yes', controller.signal)).toBe(false);
    type('yes\n');
    await expect.poll(() => onEnter.mock.calls.length).toBe(1);
  });

  it('is a no where nobody can answer, or can no longer', async () => {
    const nobody = createTerminal(createReadStream('/dev/null'), () => undefined);
    expect(nobody.listen(() => undefined)).toBe(false);
    expect(await nobody.ask('Connect?', 'yes')).toBe(false);
    const { terminal, isHeard, pipe } = setUp();
    expect(isHeard).toBe(true);
    const answer = terminal.ask('Connect?', 'yes');
    pipe.stdin.end();
    expect(await answer).toBe(false);
    expect(await terminal.ask('Connect?', 'yes')).toBe(false);
  });
});
