import type { KeyJob } from './key-jobs.ts';
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
      (result) => channel.post({ id, result }),
      (error: unknown) => channel.post({ id, error: error instanceof Error ? error.name + ('code' in error ? ` ${String(error.code)}` : '') : 'unknown' }),
    );
  });
}
