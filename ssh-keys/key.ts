import type { StatedOrigin } from './origin/stated-origin.ts';

/** A public key in SSH form: what `ssh-keygen` hashes for the fingerprint. */
export interface PublicKey {
  /** SSH wire name: `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`, `sk-ssh-ed25519@openssh.com`, `ssh-dss`. */
  readonly type: string;
  /** The whole public key blob (RFC 4253 §6.6), type included. */
  readonly blob: Uint8Array;
  /** As `ssh-keygen -l` counts: of the modulus, or of the curve. */
  readonly bits: number;
}

/**
 * Its private half, in the form that the SSH agent (draft-ietf-sshm-ssh-agent §3.2) and the private section of
 * OpenSSH's files (PROTOCOL.key) share. Whoever holds one wipes `agentForm` after use.
 */
export interface PrivateKey {
  readonly publicKey: PublicKey;
  /** As it stands in the file, not cleaned. Empty if there is none. */
  readonly comment: string;
  /** string type, then the fields of the type; without the comment. */
  readonly agentForm: Uint8Array;
}

/** As a file states it. Only `confirmPair` makes a `PrivateKey` of it. */
export interface StatedKey extends PrivateKey {
  /** Proves what the file says beyond the two halves, and wipes what it kept for that. Errors: DamagedKey. */
  readonly confirmFile?: () => void;
}

/** `pkcs1` of public keys too; `spki` of them alone. */
export type KeyFormat =
  | 'openssh'
  | 'pkcs1'
  | 'sec1'
  | 'pkcs8'
  | 'ppk2'
  | 'ppk3'
  | 'rfc4716'
  | 'openssh-public'
  | 'spki';
export type KeyKind = 'private' | 'public' | 'certificate';

/** Gives the private half for a passphrase. Errors: KeyFailure. Slow on purpose: a key derivation. */
export type Unlock = (passphrase: Uint8Array) => Promise<StatedKey>;

/** What a reader has learned so far; what it learned before it failed stays told. */
export interface KeyFacts {
  kind?: KeyKind;
  format?: KeyFormat;
  isEncrypted?: boolean;
  /** How many private keys the one OpenSSH file holds, if it is not the usual one. */
  count?: number;
  /** The wire name in the file: a certificate's own, and one that is not known here. */
  type?: string;
  /** Of a certificate: the key inside. Not proved yet to belong to the private half. */
  publicKey?: PublicKey;
  /** Not cleaned. */
  comment?: string;
  /** Whose key it is by what stands in front of it on its line. */
  stated?: StatedOrigin;
}
