import { computed, shallowReadonly, shallowRef, watch, type Ref } from 'vue';
import type { Session } from '../../../../shared/contract/account/sessions.ts';

type Ids = ReadonlySet<string>;
const none: Ids = new Set();

/**
 * Which sessions are selected. What is looked for changes what is shown, not what is selected: those out of sight are
 * counted apart, and said before an act. Sessions that are gone leave the selection.
 */
export function useSelection(sessions: Readonly<Ref<readonly Session[]>>, shown: Readonly<Ref<readonly Session[]>>) {
  const selected = shallowRef(none);
  /** Where a range begins, and what was selected before it. */
  let anchor: string | undefined;
  let beforeRange = none;

  const hiddenCount = computed(
    () => selected.value.size - shown.value.filter(({ id }) => selected.value.has(id)).length,
  );
  const extent = computed(() => {
    const count = shown.value.length;
    const chosen = selected.value.size - hiddenCount.value;
    return chosen === 0 ? 'none' : chosen === count ? 'all' : 'some';
  });

  function set(ids: Ids): void {
    selected.value = ids;
    beforeRange = ids;
  }

  function toggle(id: string): void {
    const ids = new Set(selected.value);
    if (!ids.delete(id)) ids.add(id);
    anchor = id;
    set(ids);
  }

  /** From the last one toggled, or from `start`, to this one; a range that shrinks gives its rows back. */
  function extendTo(id: string, start = id): void {
    const ids = shown.value.map((session) => session.id);
    if (anchor === undefined || !ids.includes(anchor)) anchor = start;
    const [from, to] = [ids.indexOf(anchor), ids.indexOf(id)].sort((a, b) => a - b);
    selected.value = new Set([...beforeRange, ...ids.slice(from, (to ?? 0) + 1)]);
  }

  /** All that are shown; if they are already, none of them. */
  function toggleShown(): void {
    const ids = new Set(selected.value);
    const isAll = extent.value === 'all';
    for (const { id } of shown.value) {
      if (isAll) ids.delete(id);
      else ids.add(id);
    }
    set(ids);
  }

  function clear(): void {
    anchor = undefined;
    set(none);
  }

  watch(sessions, (next) => {
    if (selected.value.size === 0) return;
    const left = next.filter(({ id }) => selected.value.has(id)).map(({ id }) => id);
    if (left.length < selected.value.size) set(new Set(left));
  });

  return { selected: shallowReadonly(selected), hiddenCount, extent, toggle, extendTo, toggleShown, clear };
}
