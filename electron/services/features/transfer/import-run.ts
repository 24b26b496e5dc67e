import { SerialQueue } from '../../core/serial-queue.ts';
import type { TransferPreview } from '../../../../shared/contract/transfer.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { Preview, type CompareDeps } from './compare-records.ts';
import type { FileHead } from './file/file-head.ts';
import { FileReader } from './file/file-reader.ts';
import { FileProblem } from './file/file-problem.ts';
import { Gathered } from './gather-records.ts';
import { RecordReader, type RecordSink } from './records.ts';

export interface ImportRunDeps {
  readonly head: FileHead;
  readonly storage: Pick<SealedStorage, 'document'>;
  /** This wipes it at the end. */
  readonly key: Buffer;
  /** Of the file, bytes; not more than that is read. */
  readonly size: number;
  /** As it is here by then. Errors: AppError storage-fault, key-store-unavailable. */
  readonly compareWith: () => Promise<CompareDeps>;
  readonly noteStaged: (accountId: string) => Promise<void>;
}

/** A file that is read to its end once. */
interface Pass<S extends RecordSink> {
  readonly sink: S;
  readonly reader: FileReader;
  readonly records: RecordReader;
  left: number;
}

/** One import, from the right passphrase to its end: the file is read for the preview, and again to be taken over. */
export class ImportRun {
  readonly #deps: ImportRunDeps;
  readonly #queue = new SerialQueue();
  #preview: Pass<Preview> | undefined;
  #gathered: Pass<Gathered> | undefined;

  constructor(deps: ImportRunDeps) {
    this.#deps = deps;
  }

  /** The next bytes, in order. Errors: FileProblem; those of the parts. */
  feed(bytes: Uint8Array): Promise<void> {
    return this.#run(async () => {
      const pass = this.#gathered ?? (this.#preview ??= this.#begin(new Preview(await this.#deps.compareWith())));
      pass.left -= bytes.length;
      if (pass.left < 0) throw new FileProblem('changed');
      await pass.reader.push(bytes);
    });
  }

  /** The file was read: what is in it. Errors: FileProblem. */
  preview(): Promise<TransferPreview> {
    return this.#run(async () => {
      const pass = this.#preview;
      if (!pass) throw new FileProblem('cut-short');
      await pass.reader.end();
      return pass.sink.value(pass.records.end());
    });
  }

  /** From now on it is read once more. Errors: those of the parts. */
  begin(theirs: readonly string[]): Promise<void> {
    const { noteStaged } = this.#deps;
    return this.#run(async () => {
      await this.#dropGathered();
      this.#gathered = this.#begin(new Gathered({ ...(await this.#deps.compareWith()), noteStaged }, new Set(theirs)));
    });
  }

  /** It was read once more. Errors: FileProblem. */
  finish(): Promise<Gathered> {
    return this.#run(async () => {
      const pass = this.#gathered;
      if (!pass) throw new FileProblem('cut-short');
      await pass.reader.end();
      pass.records.end();
      return pass.sink;
    });
  }

  /** It is over, and nothing was taken. Never throws: what cannot go now goes at the next start. */
  async end(): Promise<void> {
    this.#deps.key.fill(0);
    await this.#run(() => this.#dropGathered()).catch(() => undefined);
  }

  /** It was taken over. */
  close(): void {
    this.#deps.key.fill(0);
    this.#gathered = undefined;
  }

  async #dropGathered(): Promise<void> {
    const before = this.#gathered;
    this.#gathered = undefined;
    await before?.sink.drop(this.#deps.storage);
  }

  #begin<S extends RecordSink>(sink: S): Pass<S> {
    const { head, key, size } = this.#deps;
    const records = new RecordReader(sink);
    return { sink, records, reader: new FileReader({ head, key, onLine: (line) => records.read(line) }), left: size };
  }

  #run<T>(act: () => Promise<T>): Promise<T> {
    return this.#queue.run('file', act);
  }
}
