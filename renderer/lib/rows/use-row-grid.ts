import { computed, useTemplateRef } from 'vue';
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
