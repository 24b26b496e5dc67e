import type { KeyProblem } from '../../../../../shared/contract/keys/key-problems.ts';
import type {
  FolderScan,
  KeyInspection,
  KeyPlace,
  PrivateKey,
  PublicKey,
  StatedOrigin,
} from '../../../../../ssh-keys/index.ts';

// What the services have done in the key worker: everything that reads foreign bytes or takes long. Both sides share
// these shapes; they cross as structured clones.

export type KeyJob =
  | { readonly kind: 'scan'; readonly folder: string; readonly most: number }
  /** `within`: no file that lies elsewhere in truth is read. */
  | { readonly kind: 'read'; readonly paths: readonly string[]; readonly within: string | null }
  | { readonly kind: 'inspect'; readonly content: Uint8Array }
  /** Which keys have their private halves below a folder, of which at most so many files are read. */
  | { readonly kind: 'halves'; readonly folder: string; readonly most: number }
  | ({ readonly kind: 'unlock'; readonly passphrase: Uint8Array } & LockedKey)
  | {
      readonly kind: 'export';
      readonly key: PrivateKey;
      readonly format: ExportFormat;
      readonly passphrase: Uint8Array | null;
      readonly rounds: number;
    };

export interface KeyJobResults {
  readonly scan: FolderScan;
  /** As many as there were paths. */
  readonly read: readonly ReadFile[];
  readonly inspect: readonly KeyOutcome[];
  /** Fingerprints (SHA-256). */
  readonly halves: readonly string[];
  readonly unlock: KeyOutcome;
  readonly export: Uint8Array;
}

export type ExportFormat = 'openssh' | 'pkcs8';

/** Where a file lies that was opened through a link, and what is in it, or why that could not be read. */
export type ReadFile = { readonly realPath: string | null } & (
  | { readonly problem: KeyProblem }
  | { readonly outcomes: readonly KeyOutcome[] }
);

/**
 * What a passphrase opens, read once: all that the file says of the key, and which key of that it is. Several can share
 * one `content`.
 */
export interface LockedKey {
  readonly content: Uint8Array;
  readonly at: number;
}

/** One key of a file, or why there is none. The owner wipes `privateKey` and `locked`. */
export interface KeyOutcome {
  /** Null if the file holds no other key. */
  readonly place: KeyPlace | null;
  readonly inspection: KeyInspection;
  /** Whose key it is by what stands in front of it; null if nothing does. */
  readonly stated: StatedOrigin | null;
  readonly publicKey: PublicKey | null;
  readonly privateKey: PrivateKey | null;
  /** There if only a passphrase is missing. Trying one gives null: who holds it keeps it. */
  readonly locked: LockedKey | null;
}
