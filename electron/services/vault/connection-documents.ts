import type * as z from 'zod';
import type { DocumentSpec, SealedDocument, SealedStorage } from './sealed-storage.ts';

/** One sealed document for each connection, so that forgetting one is deleting a file. */
export interface ConnectionDocuments<T> {
  /** Errors: AppError storage-fault, key-store-unavailable. */
  read(connectionId: string): Promise<T | undefined>;
  /** Durable once resolved. Errors: AppError storage-fault, key-store-unavailable. */
  write(connectionId: string, value: T): Promise<void>;
  remove(connectionId: string): Promise<void>;
}

export interface ConnectionDocumentsSpec<S extends z.ZodType> extends Pick<
  DocumentSpec<S>,
  'what' | 'version' | 'schema'
> {
  /** The files are named `<prefix>-<connection id>.sealed`. */
  readonly prefix: string;
}

export function createConnectionDocuments<S extends z.ZodType>(
  storage: SealedStorage,
  { prefix, ...spec }: ConnectionDocumentsSpec<S>,
): ConnectionDocuments<z.infer<S>> {
  const documentOf = (connectionId: string): SealedDocument<z.infer<S>> =>
    storage.document({ ...spec, name: `${prefix}-${connectionId}.sealed`, account: connectionId });
  return {
    read: (connectionId) => documentOf(connectionId).read(),
    write: (connectionId, value) => documentOf(connectionId).write(value),
    remove: (connectionId) => documentOf(connectionId).remove(),
  };
}
