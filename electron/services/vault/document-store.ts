import type * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { FileStore, Log } from '../ports.ts';
import type { Notices } from './notices.ts';
import { deriveDocumentKey, open, seal, type SealedContent } from './sealed-format.ts';
import { fileEndOf, type DocumentSpec } from './sealed-storage.ts';
import type { OpenVault } from './vault.ts';

export interface DocumentStoreDeps {
  readonly files: FileStore;
  readonly notices: Notices;
  readonly log: Log;
}

/** A later version of the app may have written it. */
class LaterDocument extends AppError {
  constructor() {
    super('storage-fault');
  }
}

/** Documents as files, sealed under an open vault. Calls for one document must not overlap. */
export class DocumentStore {
  readonly #vault: OpenVault;
  readonly #deps: DocumentStoreDeps;
  /** Documents whose file was looked at in this run: none is replaced unseen. */
  readonly #seen = new Set<string>();

  constructor(vault: OpenVault, deps: DocumentStoreDeps) {
    this.#vault = vault;
    this.#deps = deps;
  }

  /**
   * Undefined if there is none, or if it was damaged or older than the last acknowledged write.
   * Errors: AppError storage-fault, also if a later version of this app wrote it: then it is left as it is.
   */
  async read<S extends z.ZodType>(spec: DocumentSpec<S>): Promise<z.infer<S> | undefined> {
    const file = await this.#deps.files.read(spec.name);
    const value = file ? await this.#judge(spec, file) : await this.#missing(spec);
    this.#seen.add(spec.name);
    return value;
  }

  /** Overwrites `plaintext` with zeros. After an error either the former value is kept or this one, never a mix. */
  async write(spec: DocumentSpec<z.ZodType>, plaintext: Buffer): Promise<void> {
    const generation = await this.nextGeneration(spec);
    const { ledger } = this.#vault;
    const sealed = this.#withKey(spec, (key) =>
      seal(key, spec, { schemaVersion: spec.version, generation, plaintext }),
    );
    plaintext.fill(0);
    await this.#deps.files.write(spec.name, sealed);
    await ledger.record(spec.name, { state: 'kept', generation });
  }

  /** That its next write will have. Errors: those of `read`. */
  async nextGeneration(spec: DocumentSpec<z.ZodType>): Promise<number> {
    if (!this.#seen.has(spec.name)) await this.read(spec);
    return (this.#vault.ledger.entry(spec.name)?.generation ?? 0) + 1;
  }

  /**
   * The ledger goes first, so that a crash in between does not look like a stolen file; but on a full disk, where it
   * cannot be written, the file goes nevertheless. Errors: those of `read`; one of a later version goes too only if
   * that is wished.
   */
  async remove(spec: DocumentSpec<z.ZodType>, { isLaterToo = false } = {}): Promise<void> {
    const isLater = !this.#seen.has(spec.name) && (await this.#isLater(spec));
    if (isLater && !isLaterToo) throw new LaterDocument();
    if (isLater || this.#vault.ledger.entry(spec.name)) await this.erase(spec.name);
    if (isLater) this.#deps.notices.dropLater(spec.name);
  }

  /** Documents of an account by their names, also those that only other versions of this app know. */
  namesOf(account: string): readonly string[] {
    return this.#vault.ledger.names().filter((name) => name.endsWith(fileEndOf(account)));
  }

  /** As `remove`, unseen and whoever wrote it. */
  async erase(name: string): Promise<void> {
    const { ledger } = this.#vault;
    const entry = ledger.entry(name);
    const recordRemoval = async () => {
      if (entry) await ledger.record(name, { state: 'removed', generation: entry.generation });
    };
    const isRecorded = await recordRemoval().then(
      () => true,
      () => false,
    );
    await this.#deps.files.remove(name);
    if (!isRecorded) await recordRemoval();
  }

  async #isLater(spec: DocumentSpec<z.ZodType>): Promise<boolean> {
    try {
      await this.read(spec);
      return false;
    } catch (error) {
      if (error instanceof LaterDocument) return true;
      throw error;
    }
  }

  /** The person goes on without one that is in the way. */
  async setAside(name: string): Promise<void> {
    const { notices } = this.#deps;
    await notices.setAside('later-file-set-aside', notices.inTheWay(name), name);
    await this.#recordLoss(name);
  }

  async #judge<S extends z.ZodType>(spec: DocumentSpec<S>, file: Uint8Array): Promise<z.infer<S> | undefined> {
    const opened = this.#withKey(spec, (key) => open(key, spec, file));
    if (opened.kind === 'newer-format') return this.#leave(spec);
    if (opened.kind === 'damaged') return this.#lose(spec, 'damaged-file-set-aside');
    const { content } = opened;
    try {
      return await this.#accept(spec, content);
    } finally {
      content.plaintext.fill(0);
    }
  }

  /** The file is authentic; is it also the newest, and does it hold what it should? */
  async #accept<S extends z.ZodType>(spec: DocumentSpec<S>, content: SealedContent): Promise<z.infer<S> | undefined> {
    const { generation, schemaVersion, plaintext } = content;
    const { ledger } = this.#vault;
    const entry = ledger.entry(spec.name);
    if (entry?.state === 'removed' && generation <= entry.generation)
      return this.#deps.files.remove(spec.name).then(() => undefined);
    if (entry && generation < entry.generation) return this.#lose(spec, 'older-file-set-aside');
    if (schemaVersion > spec.version) return this.#leave(spec);
    const parsed = spec.schema.safeParse(JSON.parse(plaintext.toString()));
    if (!parsed.success) return this.#lose(spec, 'damaged-file-set-aside');
    // Later than the ledger: the app ended between the two writes.
    ledger.note(spec.name, { state: 'kept', generation });
    return parsed.data;
  }

  /** A later version of the app may have written it: left as it is, and the person is told. */
  #leave(spec: DocumentSpec<z.ZodType>): never {
    this.#deps.notices.addLater(spec.what, spec.name, { isInTheWay: true });
    throw new LaterDocument();
  }

  async #missing(spec: DocumentSpec<z.ZodType>): Promise<undefined> {
    if (this.#vault.ledger.entry(spec.name)?.state !== 'kept') return;
    this.#deps.notices.addMissing(spec.what, spec.name);
    await this.#recordLoss(spec.name);
  }

  async #lose(
    spec: DocumentSpec<z.ZodType>,
    kind: 'damaged-file-set-aside' | 'older-file-set-aside',
  ): Promise<undefined> {
    await this.#deps.notices.setAside(kind, spec.what, spec.name);
    await this.#recordLoss(spec.name);
  }

  /** The person is told once, also if this cannot be kept. */
  async #recordLoss(name: string): Promise<void> {
    const { ledger } = this.#vault;
    const entry = ledger.entry(name);
    if (!entry) return;
    await ledger
      .record(name, { ...entry, state: 'lost' })
      .catch((error: unknown) => this.#deps.log.error('loss not recorded', error, { name }));
  }

  #withKey<T>(spec: DocumentSpec<z.ZodType>, use: (key: Buffer) => T): T {
    const key = deriveDocumentKey(this.#vault.key, spec.name);
    try {
      return use(key);
    } finally {
      key.fill(0);
    }
  }
}
