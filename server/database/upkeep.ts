import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ReportInternal } from '../report-internal.ts';
import type { Database, Values } from './database.ts';
import { inPortions, portion } from './in-portions.ts';

/** A table whose rows are worth nothing after a while. Its columns have an index each. */
export interface Aging {
  readonly table: string;
  readonly key: string;
  readonly column: string;
  /**
   * Milliseconds after the instant in the column at which a row goes: 0 where it names the end itself, null where the
   * row stays.
   */
  readonly lifetimeMs: number | null;
  /** Milliseconds into the future that the column may lie: further means that the clock was set back. */
  readonly ahead: number;
}

export interface Upkeep {
  /** Once now and then every minute. What goes wrong is reported and tried again. */
  start(): void;
  run(): Promise<void>;
  /** Ends after the portion that is under way. */
  stop(): void;
}

const intervalMs = 60_000;

/**
 * Clears what is over, in portions, so that no request pays for what others left behind; and takes no instant for
 * further away than it can be, so that a clock that was set back makes nothing last longer than its policy.
 */
export function createUpkeep(
  database: Database,
  clock: Clock,
  aging: readonly Aging[],
  report: ReportInternal,
  alsoDo: () => void = () => undefined,
): Upkeep {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function run(): Promise<void> {
    if (!isStopped) alsoDo();
    const acts = [...aging.map((each) => () => bringBack(each)), ...aging.map((each) => () => clear(each))];
    for (const act of acts) await inPortions(act, () => !isStopped);
  }

  function bringBack({ table, key, column, ahead }: Aging): number {
    const latest = clock.now() + ahead;
    return database.run(`UPDATE ${table} SET ${column} = :latest WHERE ${some(table, key, `${column} > :latest`)}`, {
      ...limit,
      latest,
    });
  }

  function clear({ table, key, column, lifetimeMs }: Aging): number {
    if (lifetimeMs === null) return 0;
    return database.run(`DELETE FROM ${table} WHERE ${some(table, key, `${column} <= :old`)}`, {
      ...limit,
      old: clock.now() - lifetimeMs,
    });
  }

  const attempt = (): void => {
    void run().catch((error: unknown) => report(randomUUID(), error));
  };
  return {
    run,
    start() {
      attempt();
      timer = setInterval(attempt, intervalMs).unref();
    },
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

const limit: Values = { portion };

function some(table: string, key: string, condition: string): string {
  return `(${key}) IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT :portion)`;
}
