import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../services/testing/manual-clock.ts';
import { createSystemNotifier } from './system-notifier.ts';

const content = { title: 'Your API key ends within 7 days', body: 'Make a new one.' };

/** A system that answers `show()` as it is told, a moment later. */
function setUp(answer: 'show' | 'failed' | 'nothing' | 'throws', isSupported = true) {
  const clock = createManualClock();
  const made: EventEmitter[] = [];
  const notifier = createSystemNotifier(
    { isSupported: () => isSupported },
    () => {
      const notification = Object.assign(new EventEmitter(), {
        show() {
          if (answer === 'throws') throw new Error('no shortcut');
          if (answer !== 'nothing') queueMicrotask(() => notification.emit(answer));
        },
      });
      made.push(notification);
      return notification;
    },
    clock,
  );
  return { clock, made, notifier };
}

describe('X3 a notification of the desktop', () => {
  it('is told once it is shown', async () => {
    expect(await setUp('show').notifier.show(content)).toBe(true);
  });

  it.each(['failed', 'throws'] as const)('is not told where it %s', async (answer) => {
    expect(await setUp(answer).notifier.show(content)).toBe(false);
  });

  it('is not told where nobody says anything for five seconds', async () => {
    const { clock, notifier } = setUp('nothing');
    let shown: boolean | undefined;
    void notifier.show(content).then((wasShown) => (shown = wasShown));
    await clock.advance(4_999);
    expect(shown).toBeUndefined();
    await clock.advance(1);
    expect(shown).toBe(false);
  });

  it('is not made where there are none', async () => {
    const { made, notifier } = setUp('show', false);
    expect([await notifier.show(content), made]).toEqual([false, []]);
  });
});
