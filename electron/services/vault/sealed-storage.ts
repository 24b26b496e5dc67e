import type * as z from 'zod';
import type { Notice, Storage } from '../../../shared/contract/app.ts';
import type { ProtectionWish } from '../../../shared/contract/vault.ts';

/** What a sealed document is, for its associated data and for the screen if it is damaged. */
export interface DocumentSpec<S extends z.ZodType> {
  /** File name without folder, e.g. `profile-3f2a.sealed`; unique. */
  readonly name: string;
  readonly what: Notice['what'];
  /**
   * Account id, or `app` for what belongs to no account. Part of the associated data: a swapped file does not
   * open.
   */
  readonly account: string;
  /** Version of the stored schema; part of the associated data. */
  readonly version: number;
  readonly schema: S;
}

/** How the names of an account's files end. */
export const fileEndOf = (account: string): string => `-${account}.sealed`;

/** One small document, encrypted at rest; replaced as a whole. Writes of one document never overtake each other. */
export interface SealedDocument<T> {
  /** The newest value, or undefined if there is none or it was damaged (then set aside, with a notice). */
  read(): Promise<T | undefined>;
  /**
   * Durable once resolved (in memory only, if protection is this-run-only). Errors: storage-fault,
   * key-store-unavailable.
   */
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** What the person decides about the key of it all; each as the method of that name of `Vault`. */
interface VaultControls {
  unlock(passphrase: string): Promise<void>;
  confirm(passphrase: string): Promise<void>;
  /** What was kept in memory so far is on the disk once resolved. Errors: those of `Vault`, storage-fault. */
  protect(wish: ProtectionWish): Promise<void>;
  keepNothing(): void;
  giveUp(): Promise<void>;
  /**
   * Waits for what is being written, refuses the rest (key-store-unavailable, passphrase-needed), and wipes the keys: a
   * new storage on the same files takes over, and asks for the passphrase. Errors: AppError not-offered without one.
   */
  lock(): Promise<void>;
}

/** What a document is to hold. */
export interface DocumentChange {
  readonly spec: DocumentSpec<z.ZodType>;
  readonly value: unknown;
}

/**
 * AES-256-GCM documents under one random 256-bit key, which the KeyWrapper port wraps, or a passphrase, or either.
 */
export interface SealedStorage extends VaultControls {
  status(): Promise<Storage>;
  document<S extends z.ZodType>(spec: DocumentSpec<S>): SealedDocument<z.infer<S>>;
  /**
   * All of them or none, also if the app ends in the middle; together at most some megabytes. Errors: storage-fault,
   * key-store-unavailable; then none is written.
   */
  writeAll(changes: readonly DocumentChange[]): Promise<void>;
  /**
   * Removes whatever is left of an account that is forgotten: another version of this app may have kept what this one
   * does not know. Errors: AppError storage-fault, key-store-unavailable.
   */
  removeAllOf(account: string): Promise<void>;
  notices(): readonly Notice[];
  /**
   * The person goes on without a file that a notice says is in the way; it is kept under another name.
   * Errors: AppError not-found, where there is no such notice (any more); storage-fault.
   */
  setAside(file: string): Promise<void>;
  /** Called whenever `status` or `notices` changes. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
}
