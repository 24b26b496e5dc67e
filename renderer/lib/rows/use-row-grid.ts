import { computed, shallowRef, useTemplateRef } from 'vue';
import { useActiveRow, useRowKeys, type RowActs } from './use-row-keys.ts';
import { placeRows, useVirtualRows } from './use-virtual-rows.ts';

/**
 * A list as a grid: only the rows in sight are drawn, and all of them can be reached by keyboard. Its template has a
 * `grid`, and in it a `body`.
 */
export function useRowGrid<T extends { readonly id: string }>(items: () => readonly T[], act: RowActs) {
  const grid = useTemplateRef<HTMLElement>('grid');
  const body = useTemplateRef<HTMLElement>('body');
  const ids = computed(() => items().map(({ id }) => id));
  const { activeId, activeIndex } = useActiveRow(ids);
  const { rows, height, pageSize, reveal } = useVirtualRows({ ids, activeIndex, body });
  const { onKeydown } = useRowKeys({ ids, activeId, activeIndex, grid, pageSize, reveal, act });
  return { activeId, activeIndex, height, drawn: computed(() => placeRows(rows.value, items())), onKeydown };
}

/**
 * A list as a table whose rows hold controls: only the rows in sight are drawn, and the one that the keyboard is in.
 * Its template has a `body`; `rowHeight` in pixels is a guess where rows are measured.
 */
export function useRowTable<T>(items: () => readonly T[], idOf: (item: T) => string, rowHeight?: number) {
  const body = useTemplateRef<HTMLElement>('body');
  const activeId = shallowRef<string>();
  const ids = computed(() => items().map(idOf));
  const activeIndex = computed(() => (activeId.value === undefined ? -1 : ids.value.indexOf(activeId.value)));
  const { rows, height, measure } = useVirtualRows({ ids, activeIndex, body, ...(rowHeight && { rowHeight }) });
  return { activeId, height, drawn: computed(() => placeRows(rows.value, items())), measure };
}
