import { keyPassphraseForms } from '../../../../../shared/rules/made-keys.ts';
import type { KeyOutcome, LockedKey } from '../worker/key-worker.contract.ts';
import type { KeyWorker } from '../worker/key-worker.ts';

/**
 * What a passphrase opens. Whoever made the key took it byte by byte, as one keyboard or another gave it: each form
 * that stands for the same letters is tried, as typed first. Errors: those of the worker.
 */
export async function unlockByForms(
  worker: Pick<KeyWorker, 'run'>,
  locked: LockedKey,
  passphrase: string,
  deadlineMs: number,
): Promise<KeyOutcome> {
  const [typed, ...others] = keyPassphraseForms(passphrase);
  let outcome = await unlock(typed);
  for (const form of others) if (outcome.inspection.verdict === 'wrong-passphrase') outcome = await unlock(form);
  return outcome;

  async function unlock(form: string): Promise<KeyOutcome> {
    const bytes = Buffer.from(form);
    const asked = { ...locked, passphrase: bytes };
    return worker.run((keys) => keys.unlock(asked), deadlineMs).finally(() => bytes.fill(0));
  }
}
