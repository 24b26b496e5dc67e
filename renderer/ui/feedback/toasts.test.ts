import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import AppToasts from './AppToasts.vue';
import { toastTime, useToasts } from './use-toasts.ts';

function setUp() {
  const pinia = createPinia();
  const wrapper = mount(AppToasts, { attachTo: document.body, global: { plugins: [pinia] } });
  const toasts = useToasts(pinia);
  return { wrapper, toasts, titles: () => toasts.toasts.map(({ title }) => title) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
});

describe('W2 X13 what went well', () => {
  it('is told once, politely, and is gone after five seconds', async () => {
    const { wrapper, toasts, titles } = setUp();
    expect(wrapper.attributes('aria-live')).toBe('polite');
    toasts.say({ title: 'Saved', body: 'At Control account.' });
    await wrapper.vm.$nextTick();
    expect(wrapper.text()).toContain('Saved');
    expect(wrapper.text()).toContain('At Control account.');
    vi.advanceTimersByTime(toastTime - 1);
    expect(titles()).toEqual(['Saved']);
    vi.advanceTimersByTime(1);
    expect(titles()).toEqual([]);
  });

  it('stays while it is pointed at or has the focus, for what was left of its time', async () => {
    const { wrapper, toasts, titles } = setUp();
    toasts.say({ title: 'Saved' });
    await wrapper.vm.$nextTick();
    vi.advanceTimersByTime(toastTime - 1_000);
    await wrapper.trigger('pointerenter');
    vi.advanceTimersByTime(toastTime * 10);
    expect(titles()).toEqual(['Saved']);
    await wrapper.trigger('pointerleave');
    vi.advanceTimersByTime(500);
    wrapper.find('button').element.focus();
    vi.advanceTimersByTime(toastTime * 10);
    expect(titles()).toEqual(['Saved']);
    wrapper.find('button').element.blur();
    await wrapper.vm.$nextTick();
    vi.advanceTimersByTime(500);
    expect(titles()).toEqual([]);
  });

  it('one that comes while another is read waits too', async () => {
    const { wrapper, toasts, titles } = setUp();
    await wrapper.trigger('pointerenter');
    toasts.say({ title: 'Saved' });
    vi.advanceTimersByTime(toastTime * 2);
    expect(titles()).toEqual(['Saved']);
  });

  it('said again it takes its own place, and the oldest of many goes', () => {
    const { toasts, titles } = setUp();
    for (const title of ['a', 'b', 'a', 'c', 'd']) toasts.say({ title });
    expect(titles()).toEqual(['a', 'c', 'd']);
    vi.advanceTimersByTime(toastTime);
    expect(titles()).toEqual([]);
  });

  it('can be taken back, and gives the focus back to where it came from', async () => {
    const { wrapper, toasts, titles } = setUp();
    const undo = vi.fn();
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    toasts.say({ title: 'Changes discarded', undo });
    await wrapper.vm.$nextTick();
    const button = wrapper.findAll('button').find((each) => each.text() === 'Undo')!;
    await wrapper.trigger('focusin', { relatedTarget: field });
    button.element.focus();
    await button.trigger('click');
    await wrapper.vm.$nextTick();
    expect(undo).toHaveBeenCalledOnce();
    expect(titles()).toEqual([]);
    expect(document.activeElement).toBe(field);
  });

  it('can be taken back by Ctrl+Z from wherever nothing is typed, the newest first', () => {
    const { toasts, titles } = setUp();
    const taken: string[] = [];
    for (const title of ['Renamed', 'Deleted']) toasts.say({ title, undo: () => taken.push(title) });
    toasts.say({ title: 'Saved' });
    const field = document.body.appendChild(document.createElement('input'));
    const press = (place: HTMLElement) => {
      const event = new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true });
      place.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect([press(field), titles().length]).toEqual([false, 3]);
    expect([press(document.body), press(document.body), press(document.body)]).toEqual([true, true, false]);
    expect([taken, titles()]).toEqual([['Deleted', 'Renamed'], ['Saved']]);
  });

  it('does not outlive a refresh, and goes at Escape', async () => {
    const { wrapper, toasts, titles } = setUp();
    toasts.say({ title: 'Saved' });
    toasts.clear();
    expect(titles()).toEqual([]);
    toasts.say({ title: 'Saved' });
    await wrapper.trigger('keydown', { key: 'Escape' });
    expect(titles()).toEqual([]);
  });
});
