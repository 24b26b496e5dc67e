import type { ImportBatch as BatchShape, ImportRow } from '../../../../../shared/contract/keys/ssh-keys.ts';
import {
  halvesAmong,
  originOf,
  type PrivateKey,
  type PublicKey,
  type StatedOrigin,
  statedOrigins,
} from '../../../../../ssh-keys/index.ts';
import type { KeyOutcome, LockedKey, ReadFile } from '../worker/key-worker.contract.ts';
import { isGood, isLocked, toRows, withOutcome, type RowFacts } from './import-row.ts';

/** A row with what must not reach the screen. */
export interface BatchEntry {
  readonly row: RowFacts;
  /** Whose key its file or its line says that it is. */
  readonly stated: StatedOrigin | null;
  readonly publicKey: PublicKey | null;
  readonly privateKey: PrivateKey | null;
  readonly locked: LockedKey | null;
  readonly isAdded: boolean;
}

const none: ReadonlySet<string> = new Set();

export type FindOwner = (sha256: string) => ImportRow['duplicateOf'];

/** As many as the contract lets pass. */
export const maxRows = 10_000;

/** Files that are becoming keys, and their private halves while that lasts. */
export class ImportBatch {
  readonly batchId: string;
  readonly accountId: string;
  readonly folder: string | null;
  state: BatchShape['state'] = 'reading';
  total: number | null = null;
  done = 0;
  left = 0;
  #rows = new Map<string, BatchEntry>();
  /** What each row was made of when it was last emitted, to emit only what changed. */
  #emitted = new Map<string, readonly unknown[]>();
  #isWiped = false;
  #work = new AbortController();

  constructor(head: Pick<BatchShape, 'batchId' | 'accountId' | 'folder'>) {
    this.batchId = head.batchId;
    this.accountId = head.accountId;
    this.folder = head.folder;
  }

  /** Begins something that can be cancelled. */
  begin(): AbortSignal {
    this.#work = new AbortController();
    if (this.#isWiped) this.#work.abort();
    return this.#work.signal;
  }

  cancel(): void {
    this.#work.abort();
  }

  get isWiped(): boolean {
    return this.#isWiped;
  }

  get isFull(): boolean {
    return this.#rows.size >= maxRows;
  }

  /** A file that there is no room for, and that was not read. */
  leaveOut(): void {
    this.done += 1;
    this.left += 1;
  }

  get(rowId: string): BatchEntry | undefined {
    return this.#rows.get(rowId);
  }

  /**
   * One row a key. A file for whose rows there is no room is left out. `path` tells more of it than its name on the
   * screen.
   */
  add(fileName: string, file: ReadFile, path = fileName): void {
    const outcomes = 'outcomes' in file ? file.outcomes : [];
    this.done += 1;
    if (this.#rows.size + Math.max(outcomes.length, 1) > maxRows) {
      this.left += 1;
      for (const outcome of outcomes) this.#release(outcome);
      return;
    }
    for (const [at, { row, stated }] of toRows(fileName, file, path).entries()) {
      const rowId = `r${this.#rows.size + 1}`;
      this.#put(rowId, { row: { rowId, ...row }, stated, ...partsOf(outcomes[at] ?? null), isAdded: false });
    }
  }

  /** After another try with a passphrase. */
  change(rowId: string, outcome: KeyOutcome): void {
    const entry = this.#rows.get(rowId);
    if (!entry || this.#isWiped) return this.#release(outcome);
    const row = withOutcome(entry.row, outcome);
    const locked = isLocked(row) ? entry.locked : null;
    this.#put(rowId, { ...entry, ...partsOf(outcome), row, locked });
    this.#release({ ...entry, locked: locked ? null : entry.locked });
  }

  markAdded(rowId: string): void {
    const entry = this.#rows.get(rowId);
    if (entry) this.#rows.set(rowId, { ...entry, isAdded: true });
  }

  /**
   * Whether there is a public key that could be anybody's, as far as this import tells: then it counts what else is on
   * this computer.
   */
  get needsLocalHalves(): boolean {
    return this.rows(() => null, none).some(({ origin }) => origin === 'public-only');
  }

  /** All rows, in order. `localHalves`: fingerprints of private halves that are on this computer already. */
  rows(findOwner: FindOwner, localHalves: ReadonlySet<string>): ImportRow[] {
    const standIns = this.#findStandIns();
    const halves = halvesAmong(
      Array.from(this.#rows.values(), ({ row }) => row),
      localHalves,
    );
    return Array.from(this.#rows.values(), ({ row, stated, isAdded }) => {
      const origin = originOf({ ...row, stated }, halves);
      if (row.sha256 === null) return { ...row, origin, isAdded, sameAs: null, duplicateOf: null };
      const standIn = standIns.get(row.sha256);
      return {
        ...row,
        origin,
        isAdded,
        sameAs: standIn && standIn.rowId !== row.rowId ? standIn.rowId : null,
        duplicateOf: findOwner(row.sha256),
      };
    });
  }

  /** Those rows that are other than when this was asked last. */
  news(findOwner: FindOwner, localHalves: ReadonlySet<string>): ImportRow[] {
    return this.rows(findOwner, localHalves).filter((row) => {
      const { rowId, origin, sameAs, duplicateOf } = row;
      const parts = [this.#rows.get(rowId), origin, sameAs, duplicateOf?.accountId, duplicateOf?.title];
      const before = this.#emitted.get(rowId);
      this.#emitted.set(rowId, parts);
      return !before || parts.some((part, index) => part !== before[index]);
    });
  }

  describe(rows: ImportRow[]): BatchShape {
    const { batchId, accountId, state, total, done, folder, left } = this;
    return { batchId, accountId, state, total, done, folder, left, rows };
  }

  /** Nothing of a private half stays. */
  wipe(): void {
    this.#isWiped = true;
    this.cancel();
    const all = [...this.#rows.values()];
    this.#rows.clear();
    for (const entry of all) this.#release(entry);
  }

  #put(rowId: string, entry: BatchEntry): void {
    // A file that was being read when its batch went.
    if (this.#isWiped) this.#release(entry);
    else this.#rows.set(rowId, entry);
  }

  /** Wipes what no entry has any more; keys of one file can share what opens them. */
  #release({ privateKey, locked }: Pick<BatchEntry, 'privateKey' | 'locked'>): void {
    privateKey?.agentForm.fill(0);
    if (!locked) return;
    for (const entry of this.#rows.values()) if (entry.locked?.content === locked.content) return;
    locked.content.fill(0);
  }

  /**
   * For each key the row that stands for it: one with the private half, open or locked, before the `.pub` file, and
   * that before a list of keys.
   */
  #findStandIns(): Map<string, RowFacts> {
    const best = new Map<string, BatchEntry>();
    for (const entry of this.#rows.values()) {
      const { sha256 } = entry.row;
      if (sha256 === null) continue;
      const other = best.get(sha256);
      if (!other || rankOf(entry) > rankOf(other)) best.set(sha256, entry);
    }
    return new Map(Array.from(best, ([sha256, { row }]) => [sha256, row]));
  }
}

function rankOf({ row, stated, privateKey }: BatchEntry): number {
  if (row.kind === 'private' && (isGood(row) || isLocked(row))) return privateKey ? 9 : 8;
  if (!isGood(row)) return 0;
  return stated === null ? 4 : 3 - statedOrigins.indexOf(stated);
}

function partsOf(outcome: KeyOutcome | null): Pick<BatchEntry, 'publicKey' | 'privateKey' | 'locked'> {
  return {
    publicKey: outcome?.publicKey ?? null,
    privateKey: outcome?.privateKey ?? null,
    locked: outcome?.locked ?? null,
  };
}
