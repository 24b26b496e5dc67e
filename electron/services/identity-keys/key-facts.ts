import type { PublicKey, StatedKey } from './key-material.ts';
import type { StatedOrigin } from './origin/stated-origin.ts';
import { reasonNotSupported, type PublicPart } from './public-key.ts';

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

/** Keeps what the public part tells. Errors: KeyFailure unsupported, for certificates and unknown types. */
export function notePublicPart(facts: KeyFacts, part: PublicPart): PublicKey {
  facts.type = part.type;
  if (part.key) facts.publicKey = part.key;
  if (part.isCertificate) facts.kind = 'certificate';
  const reason = reasonNotSupported(part);
  if (reason) throw reason;
  // reasonNotSupported has an answer wherever there is no key.
  return part.key as PublicKey;
}
