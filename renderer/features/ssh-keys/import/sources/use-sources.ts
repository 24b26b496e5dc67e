import type { Ref } from 'vue';
import type { ImportBatch } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { Host } from '../../../../host/host.ts';
import type { GivenFiles } from './given-files.ts';
import { useHanding } from './use-handing.ts';

export type Source = 'files' | 'folder' | 'ssh-folder';

interface SourcesOptions {
  readonly calls: Host['calls'];
  readonly accountId: Readonly<Ref<string>>;
  readonly batchId: Readonly<Ref<string | undefined>>;
  readonly take: (batch: ImportBatch, from: 'event' | 'answer') => void;
}

/** Where the files and texts of an import come from (K7). Errors: those of the calls. */
export function useSources({ calls: { sshKeys }, accountId, batchId, take }: SourcesOptions) {
  const { hand: handOver, stop: stopHanding, ...handing } = useHanding();
  const here = () => ({ accountId: accountId.value });

  async function choose(source: Source): Promise<void> {
    const ask = {
      files: sshKeys.chooseFiles,
      folder: sshKeys.chooseFolder,
      'ssh-folder': sshKeys.readSshFolder,
    };
    const { batch } = await ask[source](here());
    if (batch) take(batch, 'answer');
  }

  /** Files that the page has; with a batch open they join it. Returns after the last one, or at `stopHanding`. */
  async function hand(files: GivenFiles): Promise<void> {
    const id = accountId.value;
    let into = batchId.value ?? null;
    await handOver(files, async (part) => {
      const { batch } = await sshKeys.importDropped({ accountId: id, batchId: into, files: part });
      into = batch.batchId;
      take(batch, 'event');
    });
  }

  /** With a batch open it joins it. */
  async function paste(text: string): Promise<void> {
    take((await sshKeys.importPasted({ ...here(), batchId: batchId.value ?? null, text })).batch, 'answer');
  }

  return { ...handing, choose, hand, stopHanding, paste, sources: () => sshKeys.sources({}) };
}
