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
 * Its private half, in the form that the SSH agent (draft-ietf-sshm-ssh-agent §3.2) and the private section of OpenSSH's files
 * (PROTOCOL.key) share. Whoever holds one wipes `agentForm` after use.
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
