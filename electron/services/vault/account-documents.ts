import type * as z from 'zod';
import type { DocumentSpec, SealedDocument, SealedStorage } from './sealed-storage.ts';

/** One sealed document for each account, so that forgetting one is deleting a file. */
export interface AccountDocuments<T> {
  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(accountId: string): Promise<T | undefined>;
  /** Durable once resolved. Errors: AppError storage-fault, key-store-unavailable. */
  write(accountId: string, value: T): Promise<void>;
  remove(accountId: string): Promise<void>;
}

export interface AccountDocumentsSpec<S extends z.ZodType> extends Pick<
  DocumentSpec<S>,
  'what' | 'version' | 'schema'
> {
  /** The files are named `<prefix>-<account id>.sealed`. */
  readonly prefix: string;
}

export function createAccountDocuments<S extends z.ZodType>(
  storage: SealedStorage,
  { prefix, ...spec }: AccountDocumentsSpec<S>,
): AccountDocuments<z.infer<S>> {
  const documentOf = (accountId: string): SealedDocument<z.infer<S>> =>
    storage.document({ ...spec, name: `${prefix}-${accountId}.sealed`, account: accountId });
  return {
    read: (accountId) => documentOf(accountId).read(),
    write: (accountId, value) => documentOf(accountId).write(value),
    remove: (accountId) => documentOf(accountId).remove(),
  };
}
