import type { FieldAccess } from '../../../shared/contract/account/profile.ts';
import type { KeyFamily } from '../../../shared/rules/made-keys.ts';
import type { KeyUsage } from '../../../shared/contract/keys/ssh-keys.ts';

/** SSH public keys of a signed-in person (E11). */
export interface AccountSshKeys {
  /** An account without SSH keys at its provider has a state too: one that is not offered. */
  sshKeysState(): Promise<SshKeysState>;
  /**
   * `publicLine` holds type and key, nothing else; `usage` is one of `usages`, or the usual one; `expiresAt` counts
   * where keys can have an end. Errors: reauth-required, forbidden, invalid-request (limit-reached; `title`,
   * `publicKey`, `expiresAt`).
   */
  addSshKey(title: string, publicLine: string, usage?: KeyUsage, expiresAt?: string): Promise<SshKeyFacts>;
  /** Errors: not-found, conflict (stale revision), invalid-request (`title`). */
  renameSshKey(id: string, title: string, revision: string): Promise<SshKeyFacts>;
  /** Errors: reauth-required, not-found. */
  removeSshKey(id: string): Promise<void>;
  /**
   * `sign` makes an armored SSHSIG over the challenge under the namespace. Errors: not-found, not-offered,
   * invalid-request (proof-refused), those of `sign`.
   */
  proveSshKey(id: string, sign: SignChallenge): Promise<SshKeyFacts>;
  /**
   * The same where a page of the service takes the signature (`handOff` of `sshKeys.verify`), and nothing but that.
   * Errors: not-found, those of `sign`.
   */
  signSshKeyProof?(id: string, sign: SignChallenge): Promise<SshKeyProof>;
}

export type SignChallenge = (challenge: Uint8Array, namespace: string) => Promise<string>;

/** A signature that counts for so long from when the challenge was asked for. */
export interface SshKeyProof {
  /** Armored SSHSIG. */
  readonly signature: string;
  readonly secondsLeft: number;
}

export interface SshKeysState {
  readonly access: FieldAccess;
  readonly canVerify: boolean;
  /** Whose page takes a signature: host, and port where it has one; undefined where none does. */
  readonly proofPage?: string | undefined;
  readonly canRename: boolean;
  /**
   * Removed and added again, a key loses nothing but what it has from being used: no end, no purpose, nothing untold.
   */
  readonly canReplace?: true | undefined;
  /** Those that a new key can be given, the usual one first; undefined where there is nothing to choose. */
  readonly usages?: readonly KeyUsage[] | undefined;
  /** Each usage is a list of its own, so a key that is in one can be added to the other. */
  readonly hasListPerUsage?: true | undefined;
  /** The only ones that it takes, as its documentation says; undefined where nothing does. */
  readonly families?: readonly KeyFamily[] | undefined;
  /** A new key can be given an end. */
  readonly canExpire?: true | undefined;
  /** Null if the provider does not say. */
  readonly limit: number | null;
  /** Newest first. */
  readonly keys: readonly SshKeyFacts[];
}

export interface SshKeyFacts {
  readonly id: string;
  readonly title: string;
  /** Type and key, no comment: what everything below but the title and the times was computed from here. */
  readonly publicLine: string;
  /** SSH wire name. */
  readonly type: string;
  /** 0 if keys of this type are not known here. */
  readonly bits: number;
  readonly sha256: string;
  readonly md5: string;
  readonly addedAt: string;
  readonly lastUsedAt: string | null;
  readonly verifiedAt: string | null;
  /** Undefined where the provider does not tell them apart. */
  readonly usage?: KeyUsage | undefined;
  /** RFC 3339, in UTC; undefined for none. */
  readonly expiresAt?: string | undefined;
  readonly revision: string;
}
