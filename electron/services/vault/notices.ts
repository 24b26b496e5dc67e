import type { Notice } from '../../../shared/contract/app.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock, FileStore, Log } from '../ports.ts';

/** As many as the contract carries; the newest stay. */
const maxNotices = 50;

/** Sets files aside, and remembers for the screen that it did. */
export class Notices {
  readonly #files: FileStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onChange: () => void;
  #all: readonly Notice[] = [];

  constructor({ files, clock, log, onChange }: { files: FileStore; clock: Clock; log: Log; onChange: () => void }) {
    this.#files = files;
    this.#clock = clock;
    this.#log = log;
    this.#onChange = onChange;
  }

  all(): readonly Notice[] {
    return this.#all;
  }

  /** Errors: AppError storage-fault if the file cannot be moved; then nothing is noted. */
  async setAside(
    kind: 'damaged-file-set-aside' | 'older-file-set-aside' | 'later-file-set-aside',
    what: Notice['what'],
    name: string,
  ): Promise<void> {
    const aside = await this.#files.setAside(name);
    this.#forgetLater(name);
    this.#add(kind, what, aside);
  }

  /** It was removed on purpose: nothing is in the way any more. */
  dropLater(name: string): void {
    this.#forgetLater(name);
    this.#onChange();
  }

  addMissing(what: Notice['what'], name: string): void {
    this.#add('file-missing', what, name);
  }

  /** It is left as it is: a later version of the app may have written it. Said once. */
  addLater(what: Notice['what'], name: string, { isInTheWay }: { readonly isInTheWay: boolean }): void {
    if (!this.#all.some(({ kind, file }) => kind === 'later-or-damaged' && file === name))
      this.#add('later-or-damaged', what, name, isInTheWay);
  }

  /** What a file holds that is in the way. Errors: AppError not-found. */
  inTheWay(name: string): Notice['what'] {
    const notice = this.#all.find(({ file, isInTheWay }) => isInTheWay && file === name);
    if (!notice) throw new AppError('not-found');
    return notice.what;
  }

  #forgetLater(name: string): void {
    this.#all = this.#all.filter(({ kind, file }) => kind !== 'later-or-damaged' || file !== name);
  }

  #add(kind: Notice['kind'], what: Notice['what'], file: string, isInTheWay = false): void {
    const at = new Date(this.#clock.now()).toISOString();
    const notice: Notice = { kind, what, file, at, ...(isInTheWay && { isInTheWay }) };
    this.#all = [...this.#all, notice].slice(-maxNotices);
    this.#log.warn('stored file not as it was left', { kind, what, file });
    this.#onChange();
  }
}
