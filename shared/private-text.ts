/**
 * How private keys begin: in PEM, also after an editor made its dashes longer; in the Base64 of OpenSSH's form; as
 * PuTTY's.
 */
const beginnings = /PRIVATE KEY[-–—]{2}|b3BlbnNzaC1rZXktdj|PuTTY-User-Key-File-/;

/** PKCS #1, PKCS #8 and SEC 1 in Base64: a sequence with 1, 2 or 3 bytes of length, then the version 0 or 1. */
const versions = /M(?:[A-H][AEIMQUYcgkosw048]CAQ[A-H]|I[GH].AgE[AB]|I[I-L]..[AQgw]IBA)/;

/**
 * Whether a text holds what a private key begins with, be it whole, broken or in a place where it does not count as
 * one.
 */
export function looksPrivate(text: string): boolean {
  return beginnings.test(text) || versions.test(text);
}
