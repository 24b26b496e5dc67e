import type { ReadFile } from '../worker/key-worker.contract.ts';
import type { KeyWorker } from '../worker/key-worker.ts';

export interface FilesToRead {
  readonly worker: Pick<KeyWorker, 'run'>;
  readonly paths: readonly string[];
  readonly within: string | null;
  readonly signal: AbortSignal;
  /** Called with each part, in order. */
  readonly onRead: (files: readonly ReadFile[]) => Promise<void>;
}

/** Files a job: few enough that progress is seen and a cancel felt, enough that the way to the worker costs little. */
const filesAtOnce = 50;
const deadlineMs = 10_000;
const deadlineAloneMs = 2_000;

/**
 * Reads files in parts, until the end or `signal`. A file that stops the worker is told of, and stops no other file.
 */
export async function readFiles({ worker, paths, within, signal, onRead }: FilesToRead): Promise<void> {
  for (let start = 0; start < paths.length && !signal.aborted; start += filesAtOnce) {
    const part = paths.slice(start, start + filesAtOnce);
    const files = await worker.run((keys) => keys.read({ paths: part, within }), deadlineMs).catch(() => undefined);
    if (files) await onRead(files);
    else await readOneByOne({ worker, paths: part, within, signal, onRead });
  }
}

async function readOneByOne({ worker, paths, within, signal, onRead }: FilesToRead): Promise<void> {
  for (const path of paths) {
    if (signal.aborted) return;
    const late: ReadFile = { realPath: null, problem: { code: 'took-too-long', seconds: deadlineAloneMs / 1_000 } };
    await onRead(await worker.run((keys) => keys.read({ paths: [path], within }), deadlineAloneMs).catch(() => [late]));
  }
}
