import { computed, nextTick, shallowRef, watch, type Ref } from 'vue';

/** All but `open` are for lists in which something can be selected. */
export interface RowActs {
  readonly toggle?: (id: string) => void;
  /** From the last one toggled, else from `start`. */
  readonly extendTo?: (id: string, start: string) => void;
  readonly toggleShown?: () => void;
  readonly clear?: () => void;
  readonly open: (id: string) => void;
}

interface RowKeysOptions {
  readonly ids: Readonly<Ref<readonly string[]>>;
  readonly activeId: Ref<string | undefined>;
  readonly activeIndex: Readonly<Ref<number>>;
  readonly grid: Readonly<Ref<HTMLElement | null>>;
  readonly pageSize: () => number;
  /** Brings a row into sight. */
  readonly reveal: (index: number) => void;
  readonly act: RowActs;
}

/** The header is the first row of the grid, counted from 1 (WAI-ARIA 1.2, aria-rowindex). */
export function rowIndexOf(index: number): number {
  return index + 2;
}

/** The keyboard's one place in the list. */
export function useActiveRow(ids: Readonly<Ref<readonly string[]>>) {
  const activeId = shallowRef<string>();
  const places = computed(() => new Map(ids.value.map((id, index) => [id, index])));
  const activeIndex = computed(() => places.value.get(activeId.value ?? '') ?? (ids.value.length > 0 ? 0 : -1));
  return { activeId, activeIndex };
}

/** The keys that move it and act on what is there (ARIA Authoring Practices, grid). */
export function useRowKeys({ ids, activeId, activeIndex, grid, pageSize, reveal, act }: RowKeysOptions) {
  async function focusRow(index: number): Promise<void> {
    activeId.value = ids.value[index];
    reveal(index);
    await nextTick();
    grid.value
      ?.querySelector<HTMLElement>(`[aria-rowindex="${String(rowIndexOf(index))}"]`)
      ?.focus({ preventScroll: true });
  }

  function destination(key: string): number | undefined {
    switch (key) {
      case 'ArrowDown':
        return activeIndex.value + 1;
      case 'ArrowUp':
        return activeIndex.value - 1;
      case 'PageDown':
        return activeIndex.value + pageSize();
      case 'PageUp':
        return activeIndex.value - pageSize();
      case 'Home':
        return 0;
      case 'End':
        return ids.value.length - 1;
      default:
        return undefined;
    }
  }

  function moveTo(wanted: number, isExtending: boolean): void {
    const index = Math.min(Math.max(wanted, 0), ids.value.length - 1);
    const [from, to] = [ids.value[activeIndex.value], ids.value[index]];
    if (isExtending && from && to) act.extendTo?.(to, from);
    void focusRow(index);
  }

  /** Returns whether the key means something here. */
  function press({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, id: string): boolean {
    const to = destination(key);
    if (to !== undefined) moveTo(to, shiftKey);
    else if (key === 'Enter') act.open(id);
    else if (key === ' ' && shiftKey && act.extendTo) act.extendTo(id, id);
    else if (key === ' ' && act.toggle) act.toggle(id);
    else if (key === 'Escape' && act.clear) act.clear();
    else if (key.toLowerCase() === 'a' && (ctrlKey || metaKey) && act.toggleShown) act.toggleShown();
    else return false;
    return true;
  }

  function onKeydown(event: KeyboardEvent): void {
    const id = ids.value[activeIndex.value];
    // Keys of a control inside a row belong to it.
    const isOnRow = event.target instanceof HTMLElement && event.target.role === 'row';
    if (id && isOnRow && press(event, id)) event.preventDefault();
  }

  // A row that goes while the keyboard is on it hands its place on to the one that follows.
  watch(ids, (next, before) => {
    const hadFocus = grid.value?.contains(document.activeElement) ?? false;
    if (!activeId.value || next.includes(activeId.value)) return;
    const index = Math.min(before.indexOf(activeId.value), next.length - 1);
    activeId.value = next[index];
    if (hadFocus && index >= 0) void focusRow(index);
  });

  return { onKeydown };
}
