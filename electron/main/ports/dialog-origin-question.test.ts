import type { BaseWindow, MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { createDialogOriginQuestion } from './dialog-origin-question.ts';

/** A dialog that is answered at once. */
function setUp(answer: number | Error, hasWindow = true) {
  const asked: MessageBoxOptions[] = [];
  const showMessageBox = async (first: BaseWindow | MessageBoxOptions, second?: MessageBoxOptions) => {
    asked.push(second ?? (first as MessageBoxOptions));
    if (answer instanceof Error) throw answer;
    return { response: answer, checkboxChecked: false };
  };
  const window = {} as BaseWindow;
  return { asked, question: createDialogOriginQuestion({ showMessageBox }, () => (hasWindow ? window : null)) };
}

describe('M5 the question before the first request to an address', () => {
  it.each([true, false])('names the origin, and no is the default (over a window: %s)', async (hasWindow) => {
    const { asked, question } = setUp(1, hasWindow);
    expect(await question.ask('https://xn--bcher-kva.example')).toBe(true);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ message: 'Connect to https://xn--bcher-kva.example?', defaultId: 0, cancelId: 0 });
    expect(asked[0]?.buttons?.[0]).toBe('Don’t connect');
  });

  it('X11 is closed by the system at a lock, where it can', async () => {
    const { asked, question } = setUp(0);
    const { signal } = new AbortController();
    await question.ask('https://a.example', signal);
    expect(asked[0]?.signal).toBe(signal);
  });

  it('takes everything but Connect for a no, a dialog that could not be shown too', async () => {
    expect(await setUp(0).question.ask('https://a.example')).toBe(false);
    expect(await setUp(-1).question.ask('https://a.example')).toBe(false);
    expect(await setUp(new Error('no display')).question.ask('https://a.example')).toBe(false);
  });
});
