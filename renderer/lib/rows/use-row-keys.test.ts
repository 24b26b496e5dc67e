import { describe, expect, it } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { rowIndexOf, useActiveRow, useRowKeys } from './use-row-keys.ts';

function setUp(count = 100) {
  const ids = shallowRef(Array.from({ length: count }, (_, index) => `s-${String(index)}`));
  const grid = shallowRef(document.createElement('div'));
  const row = Object.assign(document.createElement('div'), { role: 'row' });
  const field = document.createElement('input');
  grid.value.append(row, field);
  const acts: string[] = [];
  const note =
    (name: string) =>
    (...of: string[]) =>
      void acts.push([name, ...of].join(' '));
  const act = {
    toggle: note('toggle'),
    extendTo: note('extendTo'),
    toggleShown: note('toggleShown'),
    clear: note('clear'),
    open: note('open'),
  };
  const active = useActiveRow(ids);
  const { onKeydown } = useRowKeys({
    ids,
    ...active,
    grid,
    pageSize: () => 10,
    reveal: (index) => acts.push(`reveal ${String(index)}`),
    act,
  });
  function press(key: string, modifiers: KeyboardEventInit = {}, target: HTMLElement = row): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key, cancelable: true, ...modifiers });
    Object.defineProperty(event, 'target', { value: target });
    onKeydown(event);
    return event;
  }
  return { ...active, ids, acts, press, field };
}

describe('E9 X13 keys of the list', () => {
  it.each([
    ['ArrowDown', 51],
    ['ArrowUp', 49],
    ['PageDown', 60],
    ['PageUp', 40],
    ['Home', 0],
    ['End', 99],
  ])('%s goes to row %d', (key, index) => {
    const { activeId, activeIndex, press, acts } = setUp();
    activeId.value = 's-50';
    press(key);
    expect(activeIndex.value).toBe(index);
    expect(acts).toEqual([`reveal ${String(index)}`]);
  });

  it('stops at both ends', () => {
    const { activeId, activeIndex, press } = setUp(3);
    press('ArrowUp');
    expect(activeIndex.value).toBe(0);
    activeId.value = 's-2';
    press('PageDown');
    expect(activeIndex.value).toBe(2);
  });

  it.each([
    [' ', {}, 'toggle s-5'],
    [' ', { shiftKey: true }, 'extendTo s-5 s-5'],
    ['Enter', {}, 'open s-5'],
    ['Escape', {}, 'clear'],
    ['a', { ctrlKey: true }, 'toggleShown'],
    ['A', { metaKey: true }, 'toggleShown'],
  ])('%j with %j means %s', (key, modifiers, act) => {
    const { activeId, press, acts } = setUp();
    activeId.value = 's-5';
    expect(press(key, modifiers).defaultPrevented).toBe(true);
    expect(acts).toEqual([act]);
  });

  it('Shift with an arrow extends from where it was', () => {
    const { activeId, press, acts } = setUp();
    activeId.value = 's-5';
    press('ArrowDown', { shiftKey: true });
    expect(acts).toEqual(['extendTo s-6 s-5', 'reveal 6']);
  });

  it('leaves other keys, and those pressed in a control, to whom they belong', () => {
    const { press, acts, field } = setUp();
    expect(press('a').defaultPrevented).toBe(false);
    expect(press('F5').defaultPrevented).toBe(false);
    expect(press(' ', {}, field).defaultPrevented).toBe(false);
    expect(acts).toEqual([]);
  });

  it('means nothing in an empty list', () => {
    const { press, acts, activeIndex } = setUp(0);
    press('ArrowDown');
    expect([acts, activeIndex.value]).toEqual([[], -1]);
  });
});

describe('E9 the place of the keyboard', () => {
  it('is the first row until it is moved, and counts from the one below the header', () => {
    const { activeIndex } = setUp();
    expect(rowIndexOf(activeIndex.value)).toBe(2);
  });

  it('stays with its session when others come or go before it', async () => {
    const { activeId, activeIndex, ids } = setUp(10);
    activeId.value = 's-5';
    ids.value = ids.value.slice(3);
    await nextTick();
    expect([activeId.value, activeIndex.value]).toEqual(['s-5', 2]);
  });

  it('goes on to the next session, or back to the last, when its own is gone', async () => {
    const { activeId, ids } = setUp(4);
    activeId.value = 's-2';
    ids.value = ['s-0', 's-1', 's-3'];
    await nextTick();
    expect(activeId.value).toBe('s-3');
    ids.value = ['s-0', 's-1'];
    await nextTick();
    expect(activeId.value).toBe('s-1');
    ids.value = [];
    await nextTick();
    expect(activeId.value).toBeUndefined();
  });
});
