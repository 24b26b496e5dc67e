import type * as z from 'zod';
import type { SerialQueue } from '../core/serial-queue.ts';
import type { DocumentStore } from './document-store.ts';
import type { DocumentSpec } from './sealed-storage.ts';

interface Kept {
  readonly spec: DocumentSpec<z.ZodType>;
  readonly json: string;
}

/** What is kept while protection is this-run-only: in memory, until there is something to seal it with. */
export class MemoryDocuments {
  readonly #kept = new Map<string, Kept>();

  read<S extends z.ZodType>({ name, schema }: DocumentSpec<S>): z.infer<S> | undefined {
    const kept = this.#kept.get(name);
    return kept && schema.parse(JSON.parse(kept.json));
  }

  keep(spec: DocumentSpec<z.ZodType>, json: string): void {
    this.#kept.set(spec.name, { spec, json });
  }

  drop(name: string): void {
    this.#kept.delete(name);
  }

  /** Stays here until it is on the disk. Errors: AppError storage-fault. */
  async moveTo(store: DocumentStore, name: string): Promise<void> {
    const kept = this.#kept.get(name);
    if (!kept) return;
    await store.write(kept.spec, Buffer.from(kept.json));
    this.#kept.delete(name);
  }

  /** Those of the app last: cut short in between, no account stands in a list without what belongs to it. */
  async moveAllTo(store: DocumentStore, queue: SerialQueue): Promise<void> {
    const isOfApp = ({ spec }: Kept) => Number(spec.account === 'app');
    for (const { spec } of [...this.#kept.values()].toSorted((one, other) => isOfApp(one) - isOfApp(other)))
      await queue.run(spec.name, () => this.moveTo(store, spec.name));
  }
}
