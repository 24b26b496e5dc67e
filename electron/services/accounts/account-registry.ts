import { AppError } from '../../../shared/contract/errors.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { accountsSpec, fromFile, toFile, type StoredAccount, type StoredAccounts } from './accounts.stored.ts';

/** The accounts kept on this computer, in the order they were made. */
export interface AccountRegistry {
  all(): Promise<StoredAccounts>;
  /** Errors: AppError not-found. */
  get(id: string): Promise<StoredAccount>;
  has(id: string): Promise<boolean>;
  /**
   * Before what is kept of it is shown. Errors: AppError not-found; unauthenticated once its person has signed out:
   * another may sit here by then.
   */
  mustShow(id: string): Promise<void>;
  /** Adds it, or replaces the one with the same id, and makes it the current one if asked. */
  put(record: StoredAccount, options?: { readonly isCurrent: boolean }): Promise<void>;
  /** Changes the record as it is by then; returns false if it is gone, or if `next` leaves it as it was (undefined). */
  update(id: string, next: (now: StoredAccount) => StoredAccount | undefined): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Errors: AppError not-found. */
  select(id: string): Promise<void>;
}

const empty: StoredAccounts = { accounts: [], currentId: null };

/** As they are kept. Errors: AppError storage-fault, key-store-unavailable. */
export async function readAccounts(storage: Pick<SealedStorage, 'document'>): Promise<StoredAccounts> {
  const file = await storage.document(accountsSpec).read();
  return file ? fromFile(file) : empty;
}

/** `onOpened`: called once what is kept could be read for the first time. */
export function createAccountRegistry(
  storage: Pick<SealedStorage, 'document'>,
  onOpened: () => void = () => undefined,
): AccountRegistry {
  const document = storage.document(accountsSpec);
  let known: StoredAccounts | undefined;
  let last: Promise<unknown> = Promise.resolve();

  // A key store that is locked now may be open at the next call, so only a success is remembered.
  async function all(): Promise<StoredAccounts> {
    if (!known) {
      const found = await readAccounts(storage);
      if (!known) {
        known = found;
        onOpened();
      }
    }
    return known;
  }

  /** Changes run one after another: two at once would each write the other's change away. */
  function change(next: (now: StoredAccounts) => StoredAccounts): Promise<boolean> {
    const run = last.then(async () => {
      const now = await all();
      const value = next(now);
      if (value === now) return false;
      await document.write(toFile(value));
      known = value;
      return true;
    });
    last = run.catch(() => undefined);
    return run;
  }

  return {
    all,
    get: async (id) => find(await all(), id),
    has: async (id) => (await all()).accounts.some((each) => each.id === id),
    async mustShow(id) {
      if (find(await all(), id).isSignedOut) throw new AppError('unauthenticated', { reason: 'session-ended' });
    },
    update: (id, next) => change((now) => replace(now, id, next)),
    async put(record, { isCurrent } = { isCurrent: false }) {
      await change((now) => ({
        ...now,
        accounts: now.accounts.some((each) => each.id === record.id)
          ? now.accounts.map((each) => (each.id === record.id ? record : each))
          : [...now.accounts, record],
        currentId: isCurrent ? record.id : now.currentId,
      }));
    },
    async remove(id) {
      await change((now) => {
        const accounts = now.accounts.filter((each) => each.id !== id);
        return { ...now, accounts, currentId: now.currentId === id ? (accounts[0]?.id ?? null) : now.currentId };
      });
    },
    async select(id) {
      await change((now) => ({ ...now, currentId: find(now, id).id }));
    },
  };
}

function replace(
  stored: StoredAccounts,
  id: string,
  next: (now: StoredAccount) => StoredAccount | undefined,
): StoredAccounts {
  const before = stored.accounts.find((each) => each.id === id);
  const after = before && next(before);
  if (!after || after === before) return stored;
  return { ...stored, accounts: stored.accounts.map((each) => (each === before ? after : each)) };
}

function find(stored: StoredAccounts, id: string): StoredAccount {
  const record = stored.accounts.find((each) => each.id === id);
  if (!record) throw new AppError('not-found');
  return record;
}
