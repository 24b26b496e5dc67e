import { readAccounts } from '../../accounts/account-registry.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { stagedSpec } from './transfer.stored.ts';

/** Deletes what an import laid ready and did not take over. Errors: AppError storage-fault, key-store-unavailable. */
export interface TidyUp {
  /** Of an account that came to no list: all of it. */
  readonly forget: (accountId: string) => Promise<unknown>;
  /** Of one that is here. */
  readonly tidy: (accountId: string) => Promise<unknown>;
}

/** Accounts for which an import lays something ready, so that a crash leaves nothing of that behind. */
export class StagedAccounts {
  readonly #storage: Pick<SealedStorage, 'document'>;
  /** One act after another: what is tidied up is never what an import of this run has just laid ready. */
  readonly #queue = new SerialQueue();
  readonly #noted = new Set<string>();

  constructor(storage: Pick<SealedStorage, 'document'>) {
    this.#storage = storage;
  }

  /** Before anything is kept of it. Errors: AppError storage-fault, key-store-unavailable. */
  note(accountId: string): Promise<void> {
    return this.#queue.run('staged', async () => {
      if (this.#noted.has(accountId)) return;
      const document = this.#storage.document(stagedSpec);
      const before = (await document.read())?.accountIds ?? [];
      await document.write({ version: 1, accountIds: [...new Set([...before, accountId])] });
      this.#noted.add(accountId);
    });
  }

  /** What imports of earlier runs left goes. Errors: as `note`, those of `TidyUp`. */
  tidy({ forget, tidy }: TidyUp): Promise<void> {
    return this.#queue.run('staged', async () => {
      const document = this.#storage.document(stagedSpec);
      const staged = await document.read();
      if (!staged) return;
      const { accounts } = await readAccounts(this.#storage);
      const ids = new Set(accounts.map(({ id }) => id));
      const left = staged.accountIds.filter((accountId) => !this.#noted.has(accountId));
      for (const accountId of left) await (ids.has(accountId) ? tidy(accountId) : forget(accountId));
      if (this.#noted.size === 0) await document.remove();
      else await document.write({ version: 1, accountIds: [...this.#noted] });
    });
  }
}
