import { describe, expect, it } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { sampleSessions } from '../../../testing/sample-sessions.ts';
import { useSelection } from './use-selection.ts';

function setUp() {
  const sessions = shallowRef(sampleSessions(6).slice(1));
  const shown = shallowRef(sessions.value);
  const selection = useSelection(sessions, shown);
  const ids = () => [...selection.selected.value].sort().join(' ');
  return { ...selection, sessions, shown, ids };
}

describe('E9 selecting sessions', () => {
  it('one by one', () => {
    const { toggle, ids } = setUp();
    toggle('s-1');
    toggle('s-3');
    expect(ids()).toBe('s-1 s-3');
    toggle('s-1');
    expect(ids()).toBe('s-3');
  });

  it('a range from the last one toggled, beside what was selected before; a shrinking range gives back', () => {
    const { toggle, extendTo, ids } = setUp();
    toggle('s-0');
    toggle('s-2');
    extendTo('s-4');
    expect(ids()).toBe('s-0 s-2 s-3 s-4');
    extendTo('s-3');
    expect(ids()).toBe('s-0 s-2 s-3');
    extendTo('s-1');
    expect(ids()).toBe('s-0 s-1 s-2');
  });

  it('a range from where the keyboard was, if nothing was toggled yet', () => {
    const { extendTo, ids } = setUp();
    extendTo('s-3', 's-2');
    extendTo('s-4', 's-3');
    expect(ids()).toBe('s-2 s-3 s-4');
  });

  it('a range begins anew once its beginning is not shown any more', () => {
    const { toggle, extendTo, shown, ids } = setUp();
    toggle('s-0');
    shown.value = shown.value.slice(2);
    extendTo('s-3', 's-2');
    expect(ids()).toBe('s-0 s-2 s-3');
  });

  it('all that are shown, and none of them again; what is not shown stays and is counted', () => {
    const { toggle, toggleShown, shown, extent, hiddenCount, ids } = setUp();
    toggle('s-5');
    shown.value = shown.value.slice(0, 2);
    expect([extent.value, hiddenCount.value]).toEqual(['none', 1]);
    toggle('s-0');
    expect(extent.value).toBe('some');
    toggleShown();
    expect([extent.value, ids(), hiddenCount.value]).toEqual(['all', 's-0 s-1 s-5', 1]);
    toggleShown();
    expect(ids()).toBe('s-5');
  });

  it('loses those that are gone, and keeps the others through a refresh', async () => {
    const { toggleShown, sessions, shown, clear, ids } = setUp();
    toggleShown();
    sessions.value = shown.value = sessions.value.slice(3).map((session) => ({ ...session }));
    await nextTick();
    expect(ids()).toBe('s-3 s-4 s-5');
    clear();
    expect(ids()).toBe('');
  });
});
