import type * as z from 'zod';
import { fileEndOf, type DocumentChange, type DocumentSpec, type SealedStorage } from './sealed-storage.ts';

/** One sealed document for each account, so that forgetting one is deleting a file. */
export interface AccountDocuments<T> {
  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(accountId: string): Promise<T | undefined>;
  /** Durable once resolved. Errors: AppError storage-fault, key-store-unavailable. */
  write(accountId: string, value: T): Promise<void>;
  remove(accountId: string): Promise<void>;
  /** The same write, to be made together with others. */
  change(accountId: string, value: T): DocumentChange;
}

export interface AccountDocumentsSpec<S extends z.ZodType> extends Pick<
  DocumentSpec<S>,
  'what' | 'version' | 'schema'
> {
  /** The files are named `<prefix>-<account id>.sealed`. */
  readonly prefix: string;
}

export function createAccountDocuments<S extends z.ZodType>(
  storage: Pick<SealedStorage, 'document'>,
  { prefix, ...spec }: AccountDocumentsSpec<S>,
): AccountDocuments<z.infer<S>> {
  const specOf = (accountId: string): DocumentSpec<S> => ({
    ...spec,
    name: `${prefix}${fileEndOf(accountId)}`,
    account: accountId,
  });
  const documentOf = (accountId: string) => storage.document(specOf(accountId));
  return {
    read: (accountId) => documentOf(accountId).read(),
    write: (accountId, value) => documentOf(accountId).write(value),
    remove: (accountId) => documentOf(accountId).remove(),
    change: (accountId, value) => ({ spec: specOf(accountId), value }),
  };
}
