import type * as z from 'zod';
import type { SerialQueue } from '../core/serial-queue.ts';
import type { DocumentStore } from './document-store.ts';
import type { DocumentSpec } from './sealed-storage.ts';

interface Entry {
  readonly spec: DocumentSpec<z.ZodType>;
  readonly json: string;
}

/** What is kept while protection is this-run-only: in memory, until there is something to seal it with. */
export class MemoryDocuments {
  readonly #entries = new Map<string, Entry>();

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  read<S extends z.ZodType>({ name, schema }: DocumentSpec<S>): z.infer<S> | undefined {
    const entry = this.#entries.get(name);
    return entry && schema.parse(JSON.parse(entry.json));
  }

  keep(spec: DocumentSpec<z.ZodType>, json: string): void {
    this.#entries.set(spec.name, { spec, json });
  }

  drop(name: string): void {
    this.#entries.delete(name);
  }

  /** Stays here until it is on the disk. Errors: AppError storage-fault. */
  async moveTo(store: DocumentStore, name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (!entry) return;
    await store.write(entry.spec, Buffer.from(entry.json));
    this.#entries.delete(name);
  }

  /** Those of the app last: cut short in between, no account stands in a list without what belongs to it. */
  async moveAllTo(store: DocumentStore, queue: SerialQueue): Promise<void> {
    const isOfApp = ({ spec }: Entry) => Number(spec.account === 'app');
    for (const { spec } of [...this.#entries.values()].toSorted((one, other) => isOfApp(one) - isOfApp(other)))
      await queue.run(spec.name, () => this.moveTo(store, spec.name));
  }
}
