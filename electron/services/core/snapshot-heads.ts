import type { Clock } from '../ports.ts';
import type { Sequence } from './sequence.ts';

/** What every snapshot of an account begins with. */
export interface SnapshotHead {
  readonly accountId: string;
  /** `provider` if it comes from the last answer, `cache` once a later one failed. */
  readonly source: 'provider' | 'cache';
  /** RFC 3339: when the provider gave it. */
  readonly takenAt: string;
  /** Newer ones have larger numbers; 0 of what is shown before anything was asked. */
  readonly sequence: number;
}

/** Begins the snapshot of an answer that just came; `asked` is the number drawn when it was asked for. */
export type SnapshotHeads = (accountId: string, asked?: number) => SnapshotHead;

/**
 * For what is not cached. A reading is numbered when it is asked for, because a change that is made meanwhile may be
 * missing in it; the answer to a change when it comes.
 */
export function createSnapshotHeads(clock: Pick<Clock, 'now'>, sequence: Sequence): SnapshotHeads {
  return (accountId, asked = sequence()) => ({
    accountId,
    source: 'provider',
    takenAt: new Date(clock.now()).toISOString(),
    sequence: asked,
  });
}
