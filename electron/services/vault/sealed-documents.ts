import type * as z from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import { passphraseNeeded } from '../core/passphrase-needed.ts';
import { DocumentStore, type DocumentStoreDeps } from './document-store.ts';
import { JointChanges } from './joint/joint-changes.ts';
import { MemoryDocuments } from './memory-documents.ts';
import type { DocumentChange, DocumentSpec } from './sealed-storage.ts';
import { vaultKeyFile } from './vault-key-file.ts';
import { changesSpec } from './vault.stored.ts';
import type { OpenVault, Vault } from './vault.ts';

/** Documents of a vault: on the disk once that is open, in memory where nothing may be kept. One act each at a time. */
export class SealedDocuments {
  readonly #vault: Vault;
  readonly #deps: DocumentStoreDeps;
  readonly #queue = new SerialQueue();
  readonly #memory = new MemoryDocuments();
  readonly #joint: JointChanges;
  #store: Promise<DocumentStore> | undefined;
  #isClosed = false;

  constructor(vault: Vault, deps: DocumentStoreDeps) {
    this.#vault = vault;
    this.#deps = deps;
    this.#joint = new JointChanges(this.#memory, deps.log);
  }

  read<S extends z.ZodType>(spec: DocumentSpec<S>): Promise<z.infer<S> | undefined> {
    return this.#run(spec.name, async () => {
      const open = await this.#vault.existing();
      if (open) {
        const store = await this.#storeOf(open);
        await this.#memory.moveTo(store, spec.name).catch(ignoreFault);
        return this.#memory.has(spec.name) ? this.#memory.read(spec) : store.read(spec);
      }
      await this.#setOrphanAside(spec);
      return this.#memory.read(spec);
    });
  }

  write(spec: DocumentSpec<z.ZodType>, value: unknown): Promise<void> {
    return this.#run(spec.name, async () => {
      const json = toJson(spec, value);
      const open = await this.#vault.obtain();
      if (open) {
        await (await this.#storeOf(open)).write(spec, Buffer.from(json));
        return this.#memory.drop(spec.name);
      }
      await this.#setOrphanAside(spec);
      this.#memory.keep(spec, json);
    });
  }

  remove(spec: DocumentSpec<z.ZodType>): Promise<void> {
    return this.#run(spec.name, async () => {
      const open = await this.#vault.existing();
      const store = open && (await this.#storeOf(open));
      if (store) await this.#joint.place(store, spec.name);
      this.#memory.drop(spec.name);
      // Whoever forgets an account wants nothing of it to stay, whichever version wrote it.
      return store ? store.remove(spec, { isLaterToo: true }) : this.#deps.files.remove(spec.name);
    });
  }

  async removeAllOf(account: string): Promise<void> {
    const open = await this.#vault.existing();
    if (!open) return;
    const store = await this.#storeOf(open);
    for (const name of new Set([...store.namesOf(account), ...this.#joint.waiting(account)]))
      await this.#run(name, async () => {
        await this.#joint.place(store, name);
        await store.erase(name);
      });
  }

  writeAll(changes: readonly DocumentChange[]): Promise<void> {
    // Whoever holds more than one holds this one first, so that no two wait for each other.
    return this.#run(changesSpec.name, async () => {
      const written = changes.map(({ spec, value }) => ({ spec, json: toJson(spec, value) }));
      const open = await this.#vault.obtain();
      const store = open && (await this.#storeOf(open));
      const names = new Set([...changes.map(({ spec }) => spec.name), ...this.#joint.waiting()]);
      return this.#runAll([...names], async () => {
        if (store) return this.#joint.write(store, written);
        for (const { spec, json } of written) this.#memory.keep(spec, json);
      });
    });
  }

  setAside(file: string): Promise<void> {
    return this.#run(file, async () => {
      const { notices } = this.#deps;
      const what = notices.inTheWay(file);
      // Without its key nothing can be opened; each document is set aside when it is read.
      const open = file === vaultKeyFile ? undefined : await this.#vault.existing();
      await (open ? (await this.#storeOf(open)).setAside(file) : notices.setAside('later-file-set-aside', what, file));
    });
  }

  /** There is something to seal with now. Errors: AppError storage-fault. */
  async sealMemory(): Promise<void> {
    const open = await this.#vault.existing();
    if (open) await this.#memory.moveAllTo(await this.#storeOf(open), this.#queue);
  }

  /** Whatever begins from now on is refused; resolved once what had begun is over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue.idle();
  }

  #run<T>(name: string, act: () => Promise<T>): Promise<T> {
    return this.#queue.run(name, () => {
      if (this.#isClosed) throw passphraseNeeded();
      return act();
    });
  }

  /** With nobody else at any of them. */
  #runAll(names: readonly string[], act: () => Promise<void>): Promise<void> {
    const [first, ...rest] = names;
    return first === undefined ? act() : this.#run(first, () => this.#runAll(rest, act));
  }

  /**
   * A folder has one open vault at most in the life of this. What was left in the middle is put in its place first.
   * Errors: AppError storage-fault.
   */
  #storeOf(open: OpenVault): Promise<DocumentStore> {
    this.#store ??= this.#openStore(open).catch((error: unknown) => {
      this.#store = undefined;
      throw error;
    });
    return this.#store;
  }

  async #openStore(open: OpenVault): Promise<DocumentStore> {
    const store = new DocumentStore(open, this.#deps);
    await this.#joint.recover(store);
    return store;
  }

  /** Nothing opens without a vault key: such a file belonged to one that is gone. */
  async #setOrphanAside({ name, what }: DocumentSpec<z.ZodType>): Promise<void> {
    const { files, notices } = this.#deps;
    if (await files.read(name)) await notices.setAside('damaged-file-set-aside', what, name);
  }
}

/** It stays in memory, and is read from there. */
function ignoreFault(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

/** What could not be read back is not written. Errors: AppError internal; names the places, never the values. */
function toJson(spec: DocumentSpec<z.ZodType>, value: unknown): string {
  const parsed = spec.schema.safeParse(value);
  if (parsed.success) return JSON.stringify(parsed.data);
  const places = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new AppError('internal', {}, new Error(`${spec.name} would not be readable: ${places}`));
}
