import { readAccounts } from '../../accounts/account-registry.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { stagedSpec } from './transfer.stored.ts';

/** Accounts that an import is about to bring, so that a crash leaves nothing of them behind. */
export class StagedAccounts {
  readonly #storage: Pick<SealedStorage, 'document'>;
  readonly #noted = new Set<string>();

  constructor(storage: Pick<SealedStorage, 'document'>) {
    this.#storage = storage;
  }

  /** Before anything is kept of it. Errors: AppError storage-fault, key-store-unavailable. */
  async note(accountId: string): Promise<void> {
    if (this.#noted.has(accountId)) return;
    this.#noted.add(accountId);
    await this.#storage.document(stagedSpec).write({ version: 1, accountIds: [...this.#noted] });
  }

  /** What an import left that came to no end is deleted by `forget`. Errors: as `note`, those of `forget`. */
  async tidy(forget: (accountId: string) => Promise<unknown>): Promise<void> {
    const document = this.#storage.document(stagedSpec);
    const staged = await document.read();
    if (!staged) return;
    const { accounts } = await readAccounts(this.#storage);
    const ids = new Set(accounts.map(({ id }) => id));
    for (const accountId of staged.accountIds) if (!ids.has(accountId)) await forget(accountId);
    await document.remove();
  }
}
