import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowReadonly, shallowRef } from 'vue';
import type { AddResult, AskedOrigin, ImportBatch, ImportRow } from '../../../../shared/contract/keys/ssh-keys.ts';
import { looksPrivate } from '../../../../shared/private-text.ts';
import { useHost } from '../../../host/host.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { mergeRows, twinsOf, withAdded, type Rows } from './import-rows.ts';
import type { GivenFiles } from './sources/given-files.ts';
import { packFiles } from './sources/pack-files.ts';

export type Source = 'files' | 'folder' | 'ssh-folder';
type Head = Omit<ImportBatch, 'rows'>;

const noRows: Rows = new Map();
const noResults: ReadonlyMap<string, AddResult> = new Map();

/**
 * Files on their way to becoming SSH keys (D4, K7), with what the person has chosen for them. The services hold the
 * keys themselves. Errors of each call: its own; not-found if the batch is over.
 */
export const useKeyImportStore = defineStore('key-import', () => {
  const host = useHost();
  const { sshKeys } = host.calls;
  const keys = useSshKeysStore();
  const accountId = shallowRef('');
  let isListening = false;

  /** The batch that is shown, as answers and events report it. */
  const head = shallowRef<Head>();
  const rows = shallowRef(noRows);
  const results = shallowRef(noResults);
  const batchId = computed(() => head.value?.batchId);
  /** Batches that are over: what comes late of them is not shown. */
  const over = new Set<string>();
  /** Rows that another one stands for, by the id of that one. */
  const twins = computed(() => twinsOf(rows.value));

  /** How many files the page hands over; undefined while it does not. */
  const sending = shallowRef<{ readonly done: number; readonly total: number }>();
  const isReading = computed(() => head.value?.state === 'reading' || sending.value !== undefined);
  /** Files of the last time that can be no keys, and were left out; and those that were too many. */
  const tooLarge = shallowRef(0);
  const left = shallowRef(0);
  /** A private key stood where a public one belongs (K6). */
  const wasCaught = shallowRef(false);

  /** By row: what differs from the title it came with, and from `keepAll`. */
  const titles = shallowReactive(new Map<string, string>());
  const keeps = shallowReactive(new Map<string, boolean>());
  const keepAll = shallowRef(false);

  /** Shows what the services hold for an account, as after the page was loaded anew. */
  async function open(id: string): Promise<void> {
    if (!isListening) {
      isListening = true;
      host.on('sshKeys.importProgressed', (batch) => applyBatch(batch, 'event'));
      host.onResync(() => void (accountId.value && resume()));
    }
    if (id === accountId.value) return;
    accountId.value = id;
    stopHanding();
    begin(undefined);
    await resume();
  }

  async function resume(): Promise<void> {
    const { batch } = await sshKeys.resumeImport({ accountId: accountId.value });
    if (batch) applyBatch(batch, 'event');
    else begin(undefined);
  }

  /** Another batch, or none. */
  function begin(next: Head | undefined): void {
    if (head.value) over.add(head.value.batchId);
    head.value = next;
    rows.value = noRows;
    results.value = noResults;
    titles.clear();
    setKeepAll(false);
    wasCaught.value = false;
    tooLarge.value = 0;
    left.value = 0;
  }

  function applyBatch({ rows: next, ...batch }: ImportBatch, from: 'event' | 'answer'): void {
    if (batch.accountId !== accountId.value || over.has(batch.batchId)) return;
    if (batch.batchId !== head.value?.batchId) begin(batch);
    else if (from === 'event') head.value = batch;
    rows.value = mergeRows(rows.value, next, from);
  }

  async function choose(source: Source): Promise<void> {
    const ask = { files: sshKeys.chooseFiles, folder: sshKeys.chooseFolder, 'ssh-folder': sshKeys.readSshFolder };
    const { batch } = await ask[source]({ accountId: accountId.value });
    if (batch) applyBatch(batch, 'answer');
  }

  /** Hands over files that the page has. With a batch open they join it. Returns after the last one, or at `stop`. */
  async function hand(given: GivenFiles): Promise<void> {
    const [id, packed] = [accountId.value, packFiles(given.files)];
    let into = batchId.value ?? null;
    sending.value = { done: 0, total: packed.files.length };
    try {
      for await (const files of packed.parts()) {
        if (!sending.value) return;
        const { batch } = await sshKeys.importDropped({ accountId: id, batchId: into, files });
        into = batch.batchId;
        applyBatch(batch, 'event');
        sending.value &&= { ...sending.value, done: sending.value.done + files.length };
      }
      tooLarge.value = packed.tooLarge;
      left.value = given.left;
    } finally {
      sending.value = undefined;
    }
  }

  function stopHanding(): void {
    sending.value = undefined;
  }

  /** With a batch open it joins it. */
  async function paste(text: string): Promise<void> {
    const { batch } = await sshKeys.importPasted({
      accountId: accountId.value,
      batchId: batchId.value ?? null,
      text,
    });
    applyBatch(batch, 'answer');
  }

  /**
   * Shows what was typed as a public key and is none; `text` may be private though there is no key in it, as one that
   * lost its first line. A `title` stays.
   */
  function showTyped(batch: ImportBatch, text: string, title: string): void {
    applyBatch(batch, 'answer');
    const [row, ...others] = batch.rows;
    if (row && others.length === 0 && title !== '') setTitle(row, title);
    wasCaught.value = looksPrivate(text) || batch.rows.some(({ kind }) => kind === 'private');
  }

  /** What was read stays. */
  async function stop(): Promise<void> {
    stopHanding();
    if (batchId.value !== undefined) await sshKeys.cancelImport({ batchId: batchId.value });
  }

  /** Back to the list. If the services cannot be told now, they wipe what they hold by themselves. */
  function close(): void {
    const closed = batchId.value;
    stopHanding();
    begin(undefined);
    if (closed !== undefined) void sshKeys.discardImport({ batchId: closed }).catch(() => undefined);
  }

  function titleOf({ rowId, title }: ImportRow): string {
    return titles.get(rowId) ?? title;
  }

  function setTitle({ rowId }: ImportRow, title: string): void {
    titles.set(rowId, title);
  }

  function keepsPrivate({ rowId, kind }: ImportRow): boolean {
    return kind === 'private' && (keeps.get(rowId) ?? keepAll.value);
  }

  function setKeep({ rowId }: ImportRow, isOn: boolean): void {
    keeps.set(rowId, isOn);
  }

  function setKeepAll(isOn: boolean): void {
    keeps.clear();
    keepAll.value = isOn;
  }

  const batch = () => ({ batchId: batchId.value ?? '' });

  /** How many of them it opens. */
  async function unlock(locked: readonly ImportRow[], passphrase: string): Promise<number> {
    const answer = await sshKeys.unlock({ ...batch(), rowIds: locked.map(({ rowId }) => rowId), passphrase });
    rows.value = mergeRows(rows.value, answer.rows, 'event');
    return answer.rows.filter(({ verdict }) => verdict !== 'wrong-passphrase' && verdict !== 'needs-passphrase').length;
  }

  /** `saidYesTo`: what the person was asked about a single row that may be somebody else's (K6). */
  async function add(chosen: readonly ImportRow[], saidYesTo?: AskedOrigin): Promise<void> {
    const asked = chosen.map((row) => ({
      rowId: row.rowId,
      title: titleOf(row),
      keepPrivate: keepsPrivate(row),
      ...(saidYesTo && { saidYesTo }),
    }));
    const answer = await sshKeys.add({ ...batch(), rows: asked, usage: keys.usage, expiresAt: keys.endOfNew });
    results.value = new Map([...results.value, ...answer.results.map((each) => [each.rowId, each] as const)]);
    rows.value = withAdded(rows.value, answer.results);
    if (answer.snapshot) keys.apply(answer.snapshot);
  }

  /** Keeps the private half of a key that the account has already. */
  async function keep({ rowId }: ImportRow): Promise<void> {
    keys.apply(await sshKeys.keepPrivate({ ...batch(), rowId }));
  }

  return {
    accountId,
    head: shallowReadonly(head),
    rows: shallowReadonly(rows),
    results: shallowReadonly(results),
    twins,
    sending: shallowReadonly(sending),
    isReading,
    tooLarge: shallowReadonly(tooLarge),
    left: shallowReadonly(left),
    wasCaught: shallowReadonly(wasCaught),
    keepAll: shallowReadonly(keepAll),
    open,
    sources: () => sshKeys.sources({}),
    choose,
    hand,
    paste,
    showTyped,
    stop,
    close,
    titleOf,
    setTitle,
    keepsPrivate,
    setKeep,
    setKeepAll,
    unlock,
    add,
    keep,
  };
});
