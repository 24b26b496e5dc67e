import type * as z from 'zod';
import type { TransferPart } from '../../../shared/contract/transfer.ts';
import type { DocumentChange, SealedStorage } from '../vault/sealed-storage.ts';

/**
 * What a record of a file meets on this computer. `beside` is taken along without a word. Of a conflict, `key` names
 * the record within its part and account; the texts are for the person.
 */
export type Comparison =
  | { readonly kind: 'fresh' | 'same' | 'beside' }
  | {
      readonly kind: 'conflict';
      readonly key: string;
      readonly what: string;
      readonly mine: string;
      readonly theirs: string;
      /** The file's would protect this computer less. */
      readonly isWeaker?: boolean;
    };

export interface Comparer<R> {
  of(record: R): Comparison;
}

/** What is to be taken over for one account, until it is written with all the rest. */
export interface Gathering<R> {
  /** It counts more than what is here. */
  take(record: R): void | Promise<void>;
  /**
   * The documents as they are to be. Nothing else reads or writes then; `storage` is to be used, no other. Errors:
   * AppError storage-fault, key-store-unavailable.
   */
  changes(storage: Pick<SealedStorage, 'document'>): Promise<readonly DocumentChange[]>;
  /** All is taken over: what it stands in the place of goes. */
  written?(storage: Pick<SealedStorage, 'document'>): Promise<void>;
  /** Nothing is taken over: what was laid ready for that goes. */
  drop?(storage: Pick<SealedStorage, 'document'>): Promise<void>;
}

/**
 * One kind of what goes into an export and comes out of it on another computer (X14). Each feature has its own beside
 * its documents; none of it is a secret of a service. Parts of the app, not of an account, are given `app` as its id.
 */
export interface PortablePart<R = unknown> {
  readonly name: TransferPart;
  /** There may be more of it than fits the memory: a gathering lays documents ready as it takes. */
  readonly isStreamed?: true;
  /** Of one record in a file: strict, with bounds, since somebody else may have written it. */
  readonly schema: z.ZodType<R>;
  /**
   * What names a record within its account: no export has two of one name. Undefined for what may come again; left out
   * where there is more than can be remembered.
   */
  keyOf?(record: R): string | undefined;
  /** As the person counts them. Errors: AppError storage-fault, key-store-unavailable; so of all calls. */
  count(accountId: string): Promise<number>;
  records(accountId: string): AsyncIterable<R>;
  compare(accountId: string): Promise<Comparer<R>>;
  gather(accountId: string): Gathering<R>;
}
