import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { AddResult, ImportBatch, ImportRow } from '../../../../shared/contract/keys/ssh-keys.ts';
import { mergeRows, type Rows } from './import-rows.ts';

type Head = Omit<ImportBatch, 'rows'>;

const noRows: Rows = new Map();
const noResults: ReadonlyMap<string, AddResult> = new Map();

/**
 * The batch of the account that is shown, as answers and events tell of it; `onBegin` when another one begins, or
 * none.
 */
export function useImportBatch(accountId: Readonly<Ref<string>>, onBegin: () => void) {
  const head = shallowRef<Head>();
  const rows = shallowRef(noRows);
  const results = shallowRef(noResults);
  /** Batches that are over: what comes late of them is not shown. */
  const over = new Set<string>();

  function begin(next: Head | undefined): void {
    if (head.value) over.add(head.value.batchId);
    head.value = next;
    rows.value = noRows;
    results.value = noResults;
    onBegin();
  }

  function take({ rows: next, ...batch }: ImportBatch, from: 'event' | 'answer'): void {
    if (batch.accountId !== accountId.value || over.has(batch.batchId)) return;
    if (batch.batchId !== head.value?.batchId) begin(batch);
    else if (from === 'event') head.value = batch;
    rows.value = mergeRows(rows.value, next, from);
  }

  function takeRows(next: readonly ImportRow[]): void {
    rows.value = mergeRows(rows.value, next, 'event');
  }

  function takeResults(next: readonly AddResult[]): void {
    results.value = new Map([...results.value, ...next.map((result) => [result.rowId, result] as const)]);
    const added = new Set(next.filter(({ error }) => error === null).map(({ rowId }) => rowId));
    rows.value = new Map([...rows.value].map(([id, row]) => [id, added.has(id) ? { ...row, isAdded: true } : row]));
  }

  return {
    head: shallowReadonly(head),
    rows: shallowReadonly(rows),
    results: shallowReadonly(results),
    begin,
    take,
    takeRows,
    takeResults,
  };
}
