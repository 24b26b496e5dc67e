import type { Ref } from 'vue';
import type { Host } from '../../../host/host.ts';
import type { useImportBatch } from './use-import-batch.ts';

interface FollowingOptions extends Pick<ReturnType<typeof useImportBatch>, 'begin' | 'take'> {
  readonly calls: Host['calls'];
  readonly on: Host['on'];
  readonly onResync: Host['onResync'];
  readonly accountId: Ref<string>;
  /** No more of what the page was handing over. */
  readonly stopHanding: () => void;
}

/** Keeps the batch of the account that is shown in step with what the services hold. */
export function useImportFollowing({ calls, on, onResync, accountId, begin, take, stopHanding }: FollowingOptions) {
  let isListening = false;

  async function resume(): Promise<void> {
    const { batch } = await calls.sshKeys.resumeImport({ accountId: accountId.value });
    if (batch) take(batch, 'event');
    else begin(undefined);
  }

  /** What the services still hold for an account, as after the page was loaded anew. */
  async function open(id: string): Promise<void> {
    if (!isListening) {
      isListening = true;
      on('sshKeys.importProgressed', (batch) => take(batch, 'event'));
      onResync(() => void (accountId.value && resume()));
    }
    if (id === accountId.value) return;
    accountId.value = id;
    stopHanding();
    begin(undefined);
    await resume();
  }

  return { open };
}
