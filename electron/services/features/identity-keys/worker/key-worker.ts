import { AppError } from '../../../../../shared/contract/errors.ts';
import type { Clock, KeyWorkerProcess, Log } from '../../../ports.ts';
import type { KeyJob, KeyJobResults } from './key-jobs.ts';
import { withOwnBytes } from './own-bytes.ts';
import type { JobAnswer } from './serve-key-jobs.ts';

export interface KeyWorkerOptions {
  readonly start: () => KeyWorkerProcess;
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Running {
  readonly process: KeyWorkerProcess;
  readonly waiting: Map<number, Waiting>;
}

/** Milliseconds without a job after which the process ends: what it read must not stay in its memory. */
const idleLimit = 30_000;

/** Runs jobs in a process or thread of its own, which is ended when one takes too long or nothing is left to do. */
export class KeyWorker {
  readonly #options: KeyWorkerOptions;
  #running: Running | undefined;
  #jobs = 0;
  #idle = new AbortController();

  constructor(options: KeyWorkerOptions) {
    this.#options = options;
  }

  /**
   * `deadline` in milliseconds. Errors: AppError internal, if the job failed, took longer, or the worker died of it.
   */
  async run<J extends KeyJob>(job: J, deadline: number): Promise<KeyJobResults[J['kind']]> {
    this.#idle.abort();
    const running = (this.#running ??= this.#start());
    const timer = new AbortController();
    const id = (this.#jobs += 1);
    try {
      return await new Promise<KeyJobResults[J['kind']]>((resolve, reject) => {
        running.waiting.set(id, { resolve: (result) => resolve(result as KeyJobResults[J['kind']]), reject });
        const { message, wipe } = withOwnBytes({ id, job });
        running.process.post(message);
        wipe();
        this.#options.clock.sleep(deadline, timer.signal).then(
          () => this.#end(running, `${job.kind} took more than ${deadline} ms`),
          () => undefined,
        );
      });
    } finally {
      timer.abort();
      running.waiting.delete(id);
      if (running.waiting.size === 0) this.#endWhenIdle(running);
    }
  }

  stop(): void {
    this.#idle.abort();
    if (this.#running) this.#end(this.#running, 'it was stopped');
  }

  #start(): Running {
    const running: Running = { process: this.#options.start(), waiting: new Map() };
    running.process.onMessage((message) => {
      const answer = message as JobAnswer;
      const waiting = running.waiting.get(answer.id);
      if ('error' in answer) waiting?.reject(new AppError('internal', {}, new Error(`key worker: ${answer.error}`)));
      else waiting?.resolve(answer.result);
    });
    running.process.onExit(() => this.#end(running, 'it ended by itself'));
    return running;
  }

  /** All its jobs fail. */
  #end(running: Running, why: string): void {
    if (this.#running === running) this.#running = undefined;
    running.process.kill();
    if (running.waiting.size > 0) this.#options.log.warn('key worker ended', { why, jobs: running.waiting.size });
    for (const { reject } of running.waiting.values())
      reject(new AppError('internal', {}, new Error(`key worker: ${why}`)));
    running.waiting.clear();
  }

  #endWhenIdle(running: Running): void {
    this.#idle = new AbortController();
    this.#options.clock.sleep(idleLimit, this.#idle.signal).then(
      () => this.#end(running, 'nothing to do'),
      () => undefined,
    );
  }
}
