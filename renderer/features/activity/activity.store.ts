import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef, watch } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { ActivityArea } from '../../../shared/rules/activity-words.ts';
import { useHost } from '../../host/host.ts';
import { asErrorShape } from '../../lib/errors/error-shape.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { findWords } from './entry-text.ts';
import type { NumberedEntry } from './to-rows.ts';

/** Entries that are asked for at once. */
const pageSize = 200;
/** Milliseconds: what was looked at a moment ago need not be again. */
const freshMs = 60_000;
/** Milliseconds without a key until what was typed is looked for. */
const typingMs = 250;

interface Shown {
  readonly entries: readonly NumberedEntry[];
  /** Null where nothing is older. */
  readonly next: number | null;
  /** By no filter. */
  readonly total: number;
  readonly comparedAt: string | null;
}

/** What changed in the account that is shown, and what was done with it here (X4). */
export const useActivityStore = defineStore('activity', () => {
  const host = useHost();
  const accountId = shallowRef('');
  const shown = shallowRef<Shown>();
  const loadError = shallowRef<ErrorShape>();
  const isLoadingMore = shallowRef(false);
  /** Nothing is known yet by the filter that was chosen. */
  const isFiltering = shallowRef(false);
  const area = shallowRef<ActivityArea | null>(null);
  const notByYou = shallowRef(false);
  const search = shallowRef('');
  /** Entries from this number on are new until the person leaves the screen. */
  const seenUpTo = shallowRef<number>();
  const isWhole = shallowRef(true);
  const { isBusy: isLooking, attempt: tryLook } = useAttempt();
  /** By account, in milliseconds since the epoch. */
  const lookedAt = new Map<string, number>();
  let isListening = false;
  /** What is asked for now: an answer to what was asked before is not shown. */
  let query = 0;

  const isFiltered = computed(() => area.value !== null || notByYou.value || search.value.trim() !== '');
  const newCount = computed(
    () => shown.value?.entries.filter(({ number }) => number >= (seenUpTo.value ?? Infinity)).length ?? 0,
  );

  /** Pages until one holds something: a search looks through so much at a time. */
  async function read(before: number | null) {
    const text = search.value.trim();
    const filter = { area: area.value, notByYou: notByYou.value, search: text, ...findWords(text) };
    const mine = query;
    let page = await host.calls.activity.list({ accountId: accountId.value, before, limit: pageSize, filter });
    while (page.entries.length === 0 && page.next !== null && mine === query)
      page = await host.calls.activity.list({ accountId: page.accountId, before: page.next, limit: pageSize, filter });
    return page;
  }

  /** The newest entries, in place of what is shown. */
  async function reload(): Promise<void> {
    const mine = (query += 1);
    try {
      const { entries, next, total, comparedAt, seenUpTo: seen } = await read(null);
      if (mine !== query) return;
      seenUpTo.value ??= seen;
      shown.value = { ...joinKnown({ entries, next }), total, comparedAt };
      loadError.value = undefined;
    } catch (error) {
      if (mine === query) loadError.value = asErrorShape(error);
    }
  }

  /** What is shown below stays, so that nothing jumps under who reads it. */
  function joinKnown(newest: Pick<Shown, 'entries' | 'next'>): Pick<Shown, 'entries' | 'next'> {
    const last = newest.entries.at(-1)?.number;
    const known = shown.value;
    const joint = known?.entries.findIndex(({ number }) => number === last) ?? -1;
    if (!known || joint < 0 || newest.next === null) return newest;
    return { entries: [...newest.entries, ...known.entries.slice(joint + 1)], next: known.next };
  }

  async function loadMore(): Promise<void> {
    const { next, entries } = shown.value ?? {};
    if (next === null || next === undefined || !entries || isLoadingMore.value) return;
    const mine = query;
    isLoadingMore.value = true;
    try {
      const page = await read(next);
      if (mine !== query || !shown.value) return;
      shown.value = { ...shown.value, entries: [...shown.value.entries, ...page.entries], next: page.next };
      loadError.value = undefined;
    } catch (error) {
      if (mine === query) loadError.value = asErrorShape(error);
    } finally {
      isLoadingMore.value = false;
    }
  }

  /** After a failure, what was asked for then. */
  function retry(): Promise<void> {
    return (shown.value?.entries.length ?? 0) > 0 ? loadMore() : reload();
  }

  /** Reads all that is compared. What it finds is told by an event. */
  async function look(): Promise<void> {
    const id = accountId.value;
    lookedAt.set(id, Date.now());
    await tryLook(async () => {
      const answer = await host.calls.activity.look({ accountId: id });
      if (id === accountId.value) isWhole.value = answer.isWhole;
    });
    if (id === accountId.value) await reload();
  }

  function forgetShown(): void {
    shown.value = undefined;
    loadError.value = undefined;
  }

  async function open(id: string): Promise<void> {
    listen();
    if (id !== accountId.value) {
      endLook();
      accountId.value = id;
      isWhole.value = true;
      clearFilter();
      forgetShown();
    }
    await reload();
    if (id === accountId.value && Date.now() - (lookedAt.get(id) ?? 0) > freshMs) await look();
  }

  function listen(): void {
    if (isListening) return;
    isListening = true;
    host.on('activity.changed', (news) => {
      if (news.accountId === accountId.value) void reload();
    });
    host.onResync(() => accountId.value && void reload());
  }

  /** What has been seen until now is not new any more. If that cannot be saved, it is new once more next time. */
  function endLook(): void {
    if (newCount.value > 0) void host.calls.activity.markSeen({ accountId: accountId.value }).catch(() => undefined);
    seenUpTo.value = undefined;
  }

  function clearFilter(): void {
    area.value = null;
    notByYou.value = false;
    search.value = '';
  }

  /** Errors: those of the call. */
  async function clear(): Promise<void> {
    await host.calls.activity.clear({ accountId: accountId.value });
    forgetShown();
    await reload();
  }

  /** Null if the person cancelled. Errors: those of the call. */
  async function save(format: 'csv' | 'json'): Promise<{ file: string; count: number } | null> {
    const { file, count } = await host.calls.activity.exportEntries({ accountId: accountId.value, format });
    return file === null ? null : { file, count };
  }

  /** Another filter is another list: nothing of the one before stays in it. */
  async function refilter(): Promise<void> {
    if (!accountId.value) return;
    shown.value = shown.value && { ...shown.value, entries: [], next: null };
    isFiltering.value = true;
    await reload();
    isFiltering.value = false;
  }

  watch([area, notByYou], refilter);
  watch(search, (_next, _before, onCleanup) => {
    const timer = setTimeout(() => void refilter(), typingMs);
    onCleanup(() => clearTimeout(timer));
  });

  return {
    accountId,
    shown: shallowReadonly(shown),
    loadError: shallowReadonly(loadError),
    isLoadingMore: shallowReadonly(isLoadingMore),
    isFiltering: shallowReadonly(isFiltering),
    area,
    notByYou,
    search,
    isFiltered,
    seenUpTo: shallowReadonly(seenUpTo),
    newCount,
    isWhole: shallowReadonly(isWhole),
    isLooking,
    open,
    reload,
    loadMore,
    retry,
    look,
    endLook,
    clearFilter,
    clear,
    save,
  };
});
