import { shallowReadonly, shallowRef } from 'vue';
import type { TransferPart, TransferPreview } from '../../../shared/contract/transfer.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useOpenedFile } from './use-opened-file.ts';

type Step = 'file' | 'passphrase' | 'preview' | 'done';

/** A file on its way in (X14): chosen, opened, looked at, taken over. The page sends it; nobody needs its path. */
export function useImport() {
  const { transfer } = useHost().calls;
  const { isBusy, error, attempt } = useAttempt();
  const opened = useOpenedFile();
  const { file, problem, sent, valueOf } = opened;
  const step = shallowRef<Step>('file');
  const preview = shallowRef<TransferPreview>();
  const taken = shallowRef<Partial<Record<TransferPart, number>>>();

  function tryTo(act: () => Promise<void>): Promise<boolean> {
    problem.value = undefined;
    return attempt(act);
  }

  function choose(chosen: File): Promise<boolean> {
    file.value = chosen;
    step.value = 'file';
    return tryTo(async () => {
      const given = await opened.start();
      if (given && valueOf(await transfer.look(given))) step.value = 'passphrase';
    });
  }

  function open(passphrase: string): Promise<boolean> {
    return tryTo(async () => {
      const importId = await opened.open(passphrase);
      if (importId === undefined || !(await opened.send(importId))) return;
      preview.value = valueOf(await transfer.preview({ importId }));
      if (preview.value) step.value = 'preview';
    });
  }

  function take(theirs: string[]): Promise<boolean> {
    return tryTo(async () => {
      const importId = await opened.begin(theirs);
      if (importId === undefined || !(await opened.send(importId))) return;
      taken.value = valueOf(await transfer.finishImport({ importId }))?.taken;
      if (!taken.value) return;
      opened.close();
      step.value = 'done';
    });
  }

  const shown = { step: shallowReadonly(step), preview: shallowReadonly(preview), taken: shallowReadonly(taken) };
  return { ...shown, file, problem, sent, isBusy, error, choose, open, take };
}
