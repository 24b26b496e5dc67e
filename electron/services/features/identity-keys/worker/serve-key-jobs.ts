import type { KeyJob, KeyOutcome, ReadFile } from './key-jobs.ts';
import { withOwnBytes } from './own-bytes.ts';
import { runKeyJob } from './run-key-job.ts';

/** The worker's side of its channel, whatever kind of process it is. */
export interface JobChannel {
  onMessage(listener: (message: { readonly id: number; readonly job: KeyJob }) => void): void;
  post(message: JobAnswer): void;
}

/** `error` is for the log on this computer, and holds nothing of a file. */
export type JobAnswer = { readonly id: number } & ({ readonly result: unknown } | { readonly error: string });

export function serveKeyJobs(channel: JobChannel): void {
  channel.onMessage(({ id, job }) => {
    runKeyJob(job).then(
      (result) => {
        const own = withOwnBytes({ id, result });
        channel.post(own.message);
        own.wipe();
        wipe(job, result);
      },
      (error: unknown) =>
        channel.post({
          id,
          error: error instanceof Error ? error.name + ('code' in error ? ` ${String(error.code)}` : '') : 'unknown',
        }),
    );
  });
}

/** What was posted is a copy: nothing private waits here for the next collection of garbage. */
function wipe(job: KeyJob, result: unknown): void {
  if (job.kind === 'read')
    for (const file of result as readonly ReadFile[]) if ('outcomes' in file) file.outcomes.forEach(wipeOutcome);
  if (job.kind === 'inspect') (result as readonly KeyOutcome[]).forEach(wipeOutcome);
  if (job.kind === 'unlock') {
    wipeOutcome(result as KeyOutcome);
    job.content.fill(0);
    job.passphrase.fill(0);
  }
  if (job.kind === 'export') {
    (result as Uint8Array).fill(0);
    job.key.agentForm.fill(0);
    job.passphrase?.fill(0);
  }
}

function wipeOutcome({ privateKey, locked }: KeyOutcome): void {
  privateKey?.agentForm.fill(0);
  locked?.content.fill(0);
}
