import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { createMemoryFiles, type MemoryFiles } from '../../../electron/services/testing/memory-files.ts';
import { createTestKeyWrapper } from '../../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../../electron/services/testing/test-storage.ts';
import type { DocumentSpec } from '../../../electron/services/vault/sealed-storage.ts';
import { damagesOf } from './damages.ts';
import { findStored } from './find-stored.ts';
import { samples } from './samples.ts';

const { documents } = await findStored();
/** The long form turns over every bit and cuts at every length. */
const step = process.env['FULL'] ? 1 : 61;
const other = noteSpec('other.sealed');

describe('D5 every document that this app keeps', () => {
  it.each(documents)('$name: any damage is noticed, and neither it nor another document is lost', async (stored) => {
    const { value: spec, name } = stored;
    const damaged = await Damaged.make(spec, samples[name]![0]);
    let count = 0;
    for (const { what, content } of damagesOf(damaged.good, step)) {
      expect(await damaged.meet(content), what).toMatch(/^(left, later-or-damaged|aside, damaged-file-set-aside)$/);
      count += 1;
    }
    expect(count).toBeGreaterThan(damaged.good.length / step);
    // Undamaged it still opens.
    expect(await damaged.read()).toEqual(spec.schema.parse(samples[name]![0]));
  });
});

/** A document of a data folder beside another one. */
class Damaged {
  readonly #files: MemoryFiles;
  readonly #keyWrapper = createTestKeyWrapper();
  readonly #spec: DocumentSpec<z.ZodType>;
  #whole = new Map<string, Uint8Array>();

  private constructor(spec: DocumentSpec<z.ZodType>, files: MemoryFiles) {
    [this.#spec, this.#files] = [spec, files];
  }

  static async make(spec: DocumentSpec<z.ZodType>, sample: unknown): Promise<Damaged> {
    const made = new Damaged(spec, createMemoryFiles());
    const storage = startStorage(made.#files, made.#keyWrapper);
    await storage.document(other).write({ text: 'of another' });
    await storage.document(spec).write(sample);
    made.#whole = new Map(made.#files.content);
    return made;
  }

  get good(): Uint8Array {
    return this.#whole.get(this.#spec.name)!;
  }

  read(): Promise<unknown> {
    return this.#start(this.good).document(this.#spec).read();
  }

  /** Where the file is once it was read, and what the person is told. Errors: it opened, or something is lost. */
  async meet(content: Uint8Array): Promise<string> {
    const storage = this.#start(content);
    const outcome: unknown = await storage
      .document(this.#spec)
      .read()
      .catch((error: unknown) => String(error));
    expect(await storage.document(other).read()).toEqual({ text: 'of another' });
    const names = [...this.#files.content].filter(([, each]) => each === content).map(([name]) => name);
    expect(names).toHaveLength(1);
    const isLeft = names[0] === this.#spec.name;
    expect(outcome).toBe(isLeft ? 'AppError: storage-fault' : undefined);
    const [notice] = storage.notices();
    expect(notice?.what).toBe(this.#spec.what);
    return `${isLeft ? 'left' : 'aside'}, ${String(notice?.kind)}`;
  }

  #start(content: Uint8Array) {
    this.#files.content.clear();
    for (const [name, each] of this.#whole) this.#files.content.set(name, each);
    this.#files.content.set(this.#spec.name, content);
    return startStorage(this.#files, this.#keyWrapper);
  }
}
