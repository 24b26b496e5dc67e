/** Why a file gave no usable key. A failed file never throws beyond `readKey`; inside, the readers throw this. */
export type KeyFault = 'needs-passphrase' | 'wrong-passphrase' | 'unsupported' | 'damaged' | 'not-a-key';

/**
 * What is wrong with a file or a key: a code, and the figures that a person is told with it. No words: whoever shows it
 * has those, in their language. Nothing of a private part is in it; a `name` comes from the file, is short and
 * harmless, and null if it was neither.
 */
export type KeyProblem =
  | { readonly code: PlainProblem }
  | { readonly code: NamedProblem; readonly name: string | null }
  | DamageProblem
  | { readonly code: CostProblem; readonly asked: number; readonly most: number }
  | { readonly code: 'file-too-large'; readonly bytes: number; readonly most: number }
  | { readonly code: 'too-many-keys'; readonly most: number }
  | { readonly code: 'too-many-in-one'; readonly found: number; readonly most: number }
  | { readonly code: 'rsa-beyond-limit'; readonly bits: number; readonly most: number }
  | KeyWeakness;

type PlainProblem =
  // A passphrase.
  | 'needs-passphrase'
  | 'wrong-passphrase'
  | 'empty-passphrase'
  // Nothing that could be read.
  | 'missing'
  | 'forbidden'
  | 'link-loop'
  | 'unreadable'
  | 'folder'
  | 'pipe'
  | 'device'
  | 'socket-or-device'
  | 'file-grew'
  // No key.
  | 'no-key'
  | 'larger-than-any-key'
  | 'x509-certificate'
  | 'x509-request'
  | 'pgp-key'
  // A key, or something around it, that is of no use here.
  | 'certificate'
  | 'explicit-curve'
  | 'multi-prime-rsa'
  | 'ssh1-key'
  | 'ssh-com-key'
  | 'ppk-version-1'
  | 'ppk-version'
  | 'pem-kind'
  | 'binary-der'
  | 'binary-public'
  | 'dropbear-key'
  | 'signers-line'
  | 'known-hosts-line'
  | 'in-security-key'
  | 'type-of-no-use';

/** Something of this name is not supported. */
type NamedProblem =
  | 'type'
  | 'private-type'
  | 'kind'
  | 'curve'
  | 'cipher'
  | 'key-derivation'
  | 'pbkdf2-hash'
  | 'old-encryption';

/** What a file asks of the computer before its passphrase is tried, and the most that is done. */
export type CostProblem =
  | 'bcrypt-rounds'
  | 'pbkdf2-iterations'
  | 'scrypt-memory'
  | 'scrypt-work'
  | 'argon2-memory'
  | 'argon2-passes'
  | 'argon2-lanes'
  | 'argon2-work';

/** What makes a key that reads well a bad one. */
export type KeyWeakness =
  | {
      readonly code:
        | 'dsa'
        | 'rsa-exponent-invalid'
        | 'rsa-close-primes'
        | 'rsa-roca'
        | 'point-invalid'
        | 'point-not-canonical'
        | 'point-small-order';
    }
  | { readonly code: 'rsa-too-short'; readonly bits: number; readonly fewest: number; readonly advised: number }
  | { readonly code: 'rsa-short'; readonly bits: number; readonly advised: number }
  | { readonly code: 'rsa-too-long'; readonly bits: number; readonly most: number }
  | { readonly code: 'rsa-exponent-small'; readonly exponent: number }
  | { readonly code: 'rsa-exponent-large'; readonly bits: number }
  | { readonly code: 'rsa-small-factor'; readonly factor: number }
  | { readonly code: 'known-key'; readonly source: KnownKeySource };

/** Where the private half of a key is public. */
export type KnownKeySource =
  | 'vagrant'
  | 'kali-raspberry-pi'
  | 'piunora'
  | 'openssh-tests'
  | 'rfc-examples'
  | 'first-guesses'
  | 'debian-2008';

interface DamageProblem extends Required<Place> {
  readonly code: 'damaged';
  readonly what: Damage;
  readonly part: FilePart;
}

/** Where in its part; what does not count is null. */
export interface Place {
  readonly unit?: 'byte' | 'own-byte' | 'digit' | 'end' | null;
  /** Bytes from 0, digits of Base64 from 1. An `own-byte` counts in the part's own part. */
  readonly at?: number | null;
  /** Of a line. */
  readonly name?: string | null;
}

export type FilePart =
  | 'file'
  | 'header'
  | 'first-line'
  | 'a-line'
  | 'named-line'
  | 'argon2-lines'
  | 'begin-line'
  | 'end-line'
  | 'end-of-file'
  | 'key'
  | 'public-part'
  | 'private-part'
  | 'encryption'
  | 'key-derivation'
  | 'encrypted-part'
  | 'encrypted-end'
  | 'authority-key'
  | 'authority-signature'
  | 'agent-answer';

export type Damage =
  // Of encodings.
  | 'ends-early'
  | 'length-beyond-end'
  | 'length-form'
  | 'negative-number'
  | 'empty-or-negative-number'
  | 'unexpected-value'
  | 'bits-not-bytes'
  | 'something-follows'
  | 'not-base64'
  | 'base64-breaks-off'
  // Of what stands around a key.
  | 'first-line-unclear'
  | 'last-line-missing'
  | 'line-without-name'
  | 'line-missing'
  | 'line-count'
  | 'no-number'
  | 'dek-info'
  | 'magic'
  | 'version'
  | 'no-keys'
  | 'no-type'
  | 'no-key-after-type'
  | 'type-mismatch'
  | 'no-curve'
  // Of an encryption.
  | 'iv-length'
  | 'not-whole-blocks'
  | 'padding'
  | 'no-iterations'
  | 'no-salt-or-rounds'
  | 'scrypt-figures'
  | 'argon2-figures'
  | 'key-length'
  | 'derivation-without-cipher'
  | 'mac-length'
  | 'mac'
  | 'tag'
  | 'check-numbers'
  // Of the key itself.
  | 'rsa-number-zero'
  | 'rsa-number-mismatch'
  | 'dsa-numbers'
  | 'ed25519-point-length'
  | 'ed25519-private-length'
  | 'curve-mismatch'
  | 'point-form'
  | 'point-off-curve'
  | 'private-number-off-curve'
  | 'other-private-key'
  | 'authority-signature';

/** The message is for a log. */
export class KeyFailure extends Error {
  readonly fault: KeyFault;
  readonly problem: KeyProblem;

  constructor(fault: KeyFault, problem: KeyProblem) {
    super(
      Object.values(problem)
        .filter((each) => each !== null)
        .join(' '),
    );
    this.fault = fault;
    this.problem = problem;
  }
}

/** `what` is wrong, in which `part` of the file, and where in that. */
export class DamagedKey extends KeyFailure {
  constructor(what: Damage, part: FilePart, { unit = null, at = null, name = null }: Place = {}) {
    super('damaged', { code: 'damaged', what, part, unit, at, name });
  }
}

export class UnsupportedKey extends KeyFailure {
  constructor(problem: KeyProblem) {
    super('unsupported', problem);
  }
}

/**
 * A name from a file, if it is short and harmless; what looks like no name is not repeated, as it could be anything.
 */
export function nameOrNull(name: string): string | null {
  return /^[a-z][a-z0-9@._-]{1,63}$/i.test(name) ? name : null;
}

/** An object identifier that nobody knows here, no longer than a name. */
export function shortOid(oid: string): string {
  return oid.slice(0, 64);
}
