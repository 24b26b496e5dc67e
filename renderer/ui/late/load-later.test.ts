import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { loadAllLater, loadLater } from './load-later.ts';
import { tellAfter } from './tell-after.ts';

const part = (text: string) => defineComponent(() => () => h('p', text));

describe('D1 the parts of one file that is loaded later', () => {
  it('are each what the file has by that name, and nothing is loaded before one of them is drawn', async () => {
    let loads = 0;
    const file = { First: part('first'), Second: part('second') };
    const { First, Second } = loadAllLater(
      () => {
        loads += 1;
        return Promise.resolve(file);
      },
      'First',
      'Second',
    );
    expect(loads).toBe(0);
    const wrapper = mount(() => [h(First), h(Second)]);
    await flushPromises();
    expect(wrapper.text()).toBe('firstsecond');
  });
});

describe('D1 a part that takes long to load', () => {
  it('says so in its place, which has its class and nothing else that it was given', async () => {
    vi.useFakeTimers();
    const Late = loadLater(() => new Promise<ReturnType<typeof part>>(() => undefined));
    const wrapper = mount(() => h(Late, { class: 'mt-3', account: { id: 'a1' } }));
    // Not all of them: what a dialog of another test left behind looks after the focus for a second of the real clock,
    // which is a frame of this one many thousand times.
    await vi.advanceTimersByTimeAsync(tellAfter);
    vi.useRealTimers();
    expect(wrapper.find('p').attributes()).toEqual({ role: 'status', class: 'text-sm text-muted mt-3' });
  });
});
