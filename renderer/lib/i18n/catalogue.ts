import { createFormatter, flatten, type TextValues, type Texts } from '../../../shared/i18n.ts';
import type { Part } from './parts.ts';

export type ReadPart = (language: string, part: Part) => Promise<Texts>;

/** One language: the texts that were loaded, and how its numbers and plurals are written. */
export class Catalogue {
  readonly language: string;
  readonly format: (message: string, values: TextValues) => string;
  readonly texts = new Map<string, string>();
  readonly #read: ReadPart;
  readonly #parts = new Map<Part, Promise<void>>();

  constructor(language: string, read: ReadPart) {
    this.language = language;
    this.format = createFormatter(language);
    this.#read = read;
  }

  /** Each part once; one that could not be had is asked for anew. */
  load(part: Part): Promise<void> {
    const loading = this.#parts.get(part) ?? this.#read(this.language, part).then((texts) => this.add(part, texts));
    this.#parts.set(part, loading);
    loading.catch(() => this.#parts.delete(part));
    return loading;
  }

  add(part: Part, texts: Texts): void {
    this.#parts.set(part, Promise.resolve());
    for (const [key, text] of flatten(texts)) this.texts.set(key, text);
  }
}
