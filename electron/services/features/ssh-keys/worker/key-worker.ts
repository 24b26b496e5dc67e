import type { Client } from '../../../../../shared/rpc/define.ts';
import type { Child, Clock, Log } from '../../../ports.ts';
import { ChildClient } from '../../../core/children/child-client.ts';
import { keyWorker, type KeyWorkerContract } from './key-worker.contract.ts';

export interface KeyWorkerDeps {
  readonly start: () => Child;
  readonly clock: Clock;
  readonly log: Log;
}

export type KeyCalls = Client<KeyWorkerContract>['keys'];

interface Running {
  readonly client: ChildClient<KeyWorkerContract>;
  jobs: number;
}

/** Milliseconds without a job after which the process ends: what it read must not stay in its memory. */
const idleMs = 30_000;

/** Runs jobs in a process or thread of its own, which is ended when one takes too long or nothing is left to do. */
export class KeyWorker {
  readonly #deps: KeyWorkerDeps;
  #running: Running | undefined;
  #idle = new AbortController();

  constructor(deps: KeyWorkerDeps) {
    this.#deps = deps;
  }

  /** `deadline` in milliseconds, for each call of the job. Errors: AppError internal, if one failed or took longer. */
  async run<T>(job: (keys: KeyCalls) => Promise<T>, deadline: number): Promise<T> {
    this.#idle.abort();
    const running = (this.#running ??= this.#start());
    running.jobs += 1;
    try {
      return await job(running.client.within(deadline).keys);
    } finally {
      running.jobs -= 1;
      if (running.jobs === 0) this.#endWhenIdle(running);
    }
  }

  stop(): void {
    this.#idle.abort();
    this.#running?.client.end('it was stopped');
  }

  #start(): Running {
    const { start, clock, log } = this.#deps;
    const client = new ChildClient({
      contract: keyWorker,
      child: start(),
      name: 'key worker',
      clock,
      onEnd: (why, jobs) => {
        if (this.#running?.client === client) this.#running = undefined;
        if (jobs > 0) log.warn('key worker ended', { why, jobs });
      },
    });
    return { client, jobs: 0 };
  }

  #endWhenIdle({ client }: Running): void {
    this.#idle = new AbortController();
    this.#deps.clock.sleep(idleMs, this.#idle.signal).then(
      () => client.end('nothing to do'),
      () => undefined,
    );
  }
}
