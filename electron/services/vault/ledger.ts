import type { FileStore } from '../ports.ts';
import type { Notices } from './notices.ts';
import { deriveDocumentKey, open, seal, type Label } from './sealed-format.ts';
import { storedLedgerSchema, type LedgerEntry, type StoredLedger } from './vault.stored.ts';

const label: Label = { name: 'ledger.sealed', what: 'ledger', account: 'app' };
const schemaVersion = 1;

export interface LedgerDeps {
  readonly files: FileStore;
  readonly notices: Notices;
  readonly vaultKey: Uint8Array;
}

/**
 * Remembers the newest acknowledged generation of each document, so that an older copy put back in its place is
 * noticed. Nothing outside the folder remembers the ledger's own generation: whoever puts back an older ledger
 * together with older documents of the same time is not noticed, nor is a new, unknown document added to that state.
 */
export class Ledger {
  readonly #files: FileStore;
  readonly #notices: Notices;
  readonly #key: Buffer;
  readonly #entries: Map<string, LedgerEntry>;
  #generation: number;
  /** A file that is not ours to replace. */
  #isLaterThere: boolean;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(
    { files, notices, vaultKey }: LedgerDeps,
    stored: StoredLedger,
    generation: number,
    isLaterThere = false,
  ) {
    this.#files = files;
    this.#notices = notices;
    this.#isLaterThere = isLaterThere;
    this.#key = deriveDocumentKey(vaultKey, label.name);
    this.#entries = new Map(Object.entries(stored.documents));
    this.#generation = generation;
  }

  /** For a new vault key. A ledger of an earlier one can no longer be read, and holds nothing of the person's. */
  static async create(deps: LedgerDeps): Promise<Ledger> {
    const ledger = new Ledger(deps, emptyLedger(), 0);
    await ledger.#write();
    return ledger;
  }

  /**
   * The ledger of an existing vault key. If it was damaged or taken away, or a later version of the app wrote it, the
   * person is told and the documents are believed as they are found. A later one is set aside with the first write.
   * Errors: AppError storage-fault.
   */
  static async open(deps: LedgerDeps): Promise<Ledger> {
    const { files, notices, vaultKey } = deps;
    const file = await files.read(label.name);
    if (!file) notices.addMissing('ledger', label.name);
    const read = file && readLedger(vaultKey, file);
    if (file && !read) await notices.setAside('damaged-file-set-aside', 'ledger', label.name);
    if (read === 'later') notices.addLater('ledger', label.name, { isInTheWay: false });
    const { stored, generation } = read && read !== 'later' ? read : { stored: emptyLedger(), generation: 0 };
    return new Ledger(deps, stored, generation, read === 'later');
  }

  entry(name: string): LedgerEntry | undefined {
    return this.#entries.get(name);
  }

  /** Names of documents of which a file may be there. */
  names(): readonly string[] {
    return [...this.#entries].filter(([, { state }]) => state !== 'removed').map(([name]) => name);
  }

  /** Of no use any more: the key is overwritten. */
  wipe(): void {
    this.#key.fill(0);
  }

  /** Without touching the disk; kept with the next `record`. */
  note(name: string, entry: LedgerEntry): void {
    this.#entries.set(name, entry);
  }

  /** Durable once resolved. Those who ask while one write runs share the next one. Errors: AppError storage-fault. */
  record(name: string, entry: LedgerEntry): Promise<void> {
    this.note(name, entry);
    this.#next ??= this.#writing.then(() => {
      const run = this.#write();
      this.#next = undefined;
      this.#writing = run.catch(() => undefined);
      return run;
    });
    return this.#next;
  }

  async #write(): Promise<void> {
    this.#generation += 1;
    const stored: StoredLedger = { version: 1, documents: Object.fromEntries(this.#entries) };
    const plaintext = Buffer.from(JSON.stringify(stored));
    if (this.#isLaterThere) await this.#notices.setAside('later-file-set-aside', 'ledger', label.name);
    this.#isLaterThere = false;
    await this.#files.write(
      label.name,
      seal(this.#key, label, { schemaVersion, generation: this.#generation, plaintext }),
    );
  }
}

function emptyLedger(): StoredLedger {
  return { version: 1, documents: {} };
}

function readLedger(
  vaultKey: Uint8Array,
  file: Uint8Array,
): { stored: StoredLedger; generation: number } | 'later' | undefined {
  const opened = open(deriveDocumentKey(vaultKey, label.name), label, file);
  if (opened.kind === 'damaged') return undefined;
  if (opened.kind === 'newer-format' || opened.content.schemaVersion > schemaVersion) return 'later';
  const { plaintext, generation } = opened.content;
  return { stored: storedLedgerSchema.parse(JSON.parse(plaintext.toString())), generation };
}
