import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { loadAllLater } from './load-later.ts';

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
