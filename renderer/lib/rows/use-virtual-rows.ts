import { defaultRangeExtractor, useWindowVirtualizer, type Range } from '@tanstack/vue-virtual';
import { computed, onMounted, onScopeDispose, shallowRef, type Ref } from 'vue';

interface VirtualRowsOptions {
  readonly ids: Readonly<Ref<readonly string[]>>;
  /** Stays drawn wherever it is, so that the keyboard's place is never lost. */
  readonly activeIndex: Readonly<Ref<number>>;
  /** What holds the rows. */
  readonly body: Readonly<Ref<HTMLElement | null>>;
  /** Pixels; a guess for rows that are measured. */
  readonly rowHeight?: number;
}

/** Rows drawn beyond each edge of the window. */
const overscan = 4;
/** Pixels at the edges of the window that something else covers: title bar and search above, selection bar below. */
const covered = { start: 132, end: 88 };

export interface VirtualRow {
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly height: number;
}

/** The items that are drawn, each with its place. */
export function placeRows<T>(rows: readonly VirtualRow[], items: readonly T[]) {
  return rows.flatMap(({ index, top, height }) => {
    const item = items[index];
    return item === undefined
      ? []
      : [{ item, index, style: { top: `${String(top)}px`, height: `${String(height)}px` } }];
  });
}

/** Only the rows in sight, in a list that scrolls with the page. */
export function useVirtualRows({ ids, activeIndex, body, rowHeight = 64 }: VirtualRowsOptions) {
  /** Pixels from the top of the page to the first row. */
  const scrollMargin = shallowRef(0);
  const keyAt = computed(() => {
    const keys = ids.value;
    return (index: number) => keys[index] ?? index;
  });
  const rangeExtractor = computed(() => {
    const active = activeIndex.value;
    return (range: Range) => withActive(defaultRangeExtractor(range), active);
  });
  const virtualizer = useWindowVirtualizer(
    computed(() => ({
      count: ids.value.length,
      estimateSize: () => rowHeight,
      getItemKey: keyAt.value,
      rangeExtractor: rangeExtractor.value,
      overscan,
      scrollMargin: scrollMargin.value,
      scrollPaddingStart: covered.start,
      scrollPaddingEnd: covered.end,
    })),
  );

  function findMargin(): void {
    if (body.value) scrollMargin.value = Math.round(body.value.getBoundingClientRect().top + scrollY);
  }
  // Whatever changes above the list changes the height of the page too.
  const observer = new ResizeObserver(findMargin);
  onMounted(() => {
    findMargin();
    observer.observe(document.body);
  });
  onScopeDispose(() => observer.disconnect());

  return {
    rows: computed((): VirtualRow[] =>
      virtualizer.value
        .getVirtualItems()
        .map(({ index, start, size }) => ({ index, top: start - scrollMargin.value, height: size })),
    ),
    height: computed(() => virtualizer.value.getTotalSize()),
    /** Rows that fit into the window. */
    pageSize: () => Math.max(1, Math.floor((innerHeight - covered.start - covered.end) / rowHeight)),
    /** Takes over how high a row is that says by `data-index` which one it is. */
    measure: (row: Element | null) => virtualizer.value.measureElement(row),
    reveal: (index: number) => virtualizer.value.scrollToIndex(index, { align: 'auto' }),
  };
}

function withActive(indexes: number[], active: number): number[] {
  if (active < 0 || indexes.includes(active)) return indexes;
  return [...indexes, active].sort((a, b) => a - b);
}
