import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApp, defineComponent, h } from 'vue';
import { pageFaultSchema } from '../../shared/contract/app.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { createTestHost } from '../testing/host-for-tests.ts';
import { useToasts } from '../ui/feedback/use-toasts.ts';
import { describeFault, reportFaults } from './report-faults.ts';

function setUp() {
  const { app, host, pinia, services } = createTestHost();
  const console = vi.spyOn(globalThis.console, 'error').mockReturnValue(undefined);
  const page = new EventTarget();
  onTestFinished(() => console.mockRestore());
  reportFaults(app, page as Window, host);
  const reported = () => services.asked.filter(({ channel }) => channel === 'app.reportFault');
  return { app, page, pinia, reported, titles: () => useToasts(pinia).toasts.map(({ title }) => title) };
}

/** As the browser tells of them; the DOM of these tests has no such events. */
function tell(page: EventTarget, type: string, facts: object): void {
  page.dispatchEvent(Object.assign(new Event(type), facts));
}

describe('D2 a fault of the page’s own code', () => {
  it('in a component reaches the log and the person', async () => {
    const { app, reported, titles } = setUp();
    const broken = createApp(
      defineComponent({
        setup() {
          throw new TypeError('of Mara');
        },
        render: () => h('p'),
      }),
    );
    broken.config.errorHandler = app.config.errorHandler!;
    broken.mount(document.createElement('div'));
    await expect.poll(reported).toMatchObject([{ input: { name: 'TypeError' } }]);
    expect(titles()).toEqual(['Something in this window failed']);
  });

  it.each([
    ['error', { error: new RangeError('of Mara') }],
    ['unhandledrejection', { reason: new RangeError('of Mara') }],
  ])('outside of one (%s) too', async (type, facts) => {
    const { page, reported } = setUp();
    tell(page, type, facts);
    await expect.poll(reported).toMatchObject([{ input: { name: 'RangeError' } }]);
  });

  it('is not what the browser remarks about sizes', () => {
    const { page, reported, titles } = setUp();
    tell(page, 'error', { error: null });
    expect([reported(), titles()]).toEqual([[], []]);
  });

  it('is told by its places alone: no message, no address, no more than the services take', () => {
    const error = new Error('secret-1\n    at secret-2 (http://127.0.0.1:1/secret-3)');
    error.stack = `Error: ${error.message}\n    at save (http://127.0.0.1:4000/assets/start-1a2b.js:1:2)\n    at app://profile-desk/assets/x.js?id=secret-4:3:4\n${'    at f (x.js:1:1)\n'.repeat(20)}`;
    const fault = describeFault(error);
    expect(fault.frames.slice(0, 2)).toEqual(['save (/assets/start-1a2b.js:1:2)', '/assets/x.js:3:4']);
    expect(JSON.stringify(fault)).not.toContain('secret');
    expect(pageFaultSchema.parse(fault).frames).toHaveLength(8);
  });

  it('is told in the form of other browsers too, and not at all where the message was changed', () => {
    const error = new TypeError('secret-1');
    error.stack = 'save@http://127.0.0.1:4000/assets/start.js:1:2\n@http://127.0.0.1:4000/assets/x.js:3:4\n';
    expect(describeFault(error).frames).toEqual(['save@/assets/start.js:1:2', '@/assets/x.js:3:4']);
    error.stack = 'TypeError: old secret\n    at secret-2\n    at save (x.js:1:1)';
    expect(describeFault(error).frames).toEqual([]);
  });

  it('is not what was called off', async () => {
    const { page, reported, titles } = setUp();
    tell(page, 'unhandledrejection', { reason: new AppError('cancelled') });
    expect([reported(), titles()]).toEqual([[], []]);
  });

  it.each([undefined, null, 'a text of Mara', { name: 'Mara' }])('of no error, %j, holds nothing of it', (thrown) => {
    expect(describeFault(thrown)).toEqual({ name: typeof thrown, frames: [] });
  });
});
