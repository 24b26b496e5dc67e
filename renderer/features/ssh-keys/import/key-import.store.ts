import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ImportBatch } from '../../../../shared/contract/keys/ssh-keys.ts';
import { looksPrivate } from '../../../../shared/private-text.ts';
import { useHost } from '../../../host/host.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';
import { twinsOf } from './import-rows.ts';
import { useSources } from './sources/use-sources.ts';
import { useImportBatch } from './use-import-batch.ts';
import { useImportFollowing } from './use-import-following.ts';
import { useRowCalls } from './use-row-calls.ts';
import { useRowChoices } from './use-row-choices.ts';

/**
 * Files on their way to becoming SSH keys (D4, K7), with what the person has chosen for them. The services hold
 * the keys themselves.
 */
export const useKeyImportStore = defineStore('key-import', () => {
  const { calls, on, onResync } = useHost();
  const keys = useSshKeysStore();
  const accountId = shallowRef('');
  /** A private key stood where a public one belongs (K6). */
  const wasCaught = shallowRef(false);
  const { clear, ...choices } = useRowChoices();
  const { begin, take, takeRows, takeResults, ...held } = useImportBatch(accountId, () => {
    clear();
    wasCaught.value = false;
    sources.tooLarge.value = 0;
    sources.left.value = 0;
  });
  const batchId = computed(() => held.head.value?.batchId);
  const { stopHanding, ...sources } = useSources({ calls, accountId, batchId, take });
  const { open } = useImportFollowing({ calls, on, onResync, accountId, begin, take, stopHanding });

  /** What was read stays. */
  async function stop(): Promise<void> {
    stopHanding();
    if (batchId.value !== undefined) await calls.sshKeys.cancelImport({ batchId: batchId.value });
  }

  /** Back to the list. If it cannot be told now, the services wipe what they hold by themselves. */
  function close(): void {
    const closed = batchId.value;
    stopHanding();
    begin(undefined);
    if (closed !== undefined) void calls.sshKeys.discardImport({ batchId: closed }).catch(() => undefined);
  }

  /**
   * What was typed as a public key and is none; `text` may be private though there is no key in it, as one that lost
   * its first line. A `title` stays.
   */
  function takeTyped(batch: ImportBatch, text: string, title: string): void {
    take(batch, 'answer');
    const [row, ...others] = batch.rows;
    if (row && others.length === 0 && title !== '') choices.setTitle(row, title);
    wasCaught.value = looksPrivate(text) || batch.rows.some(({ kind }) => kind === 'private');
  }

  /** Rows that another one stands for, by the id of that one. */
  const twins = computed(() => twinsOf(held.rows.value));
  const isReading = computed(() => held.head.value?.state === 'reading' || sources.sending.value !== undefined);
  const rowCalls = useRowCalls({ calls, batchId, takeRows, takeResults, applyKeys: keys.apply, choices });
  return {
    ...held,
    ...choices,
    ...sources,
    ...rowCalls,
    accountId,
    wasCaught,
    twins,
    isReading,
    open,
    stop,
    close,
    takeTyped,
  };
});
