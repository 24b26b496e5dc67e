/** How private keys begin: in PEM, also after an editor made its dashes longer; in the Base64 of OpenSSH's form; as PuTTY's. */
const beginnings = /PRIVATE KEY[-–—]{2}|b3BlbnNzaC1rZXktdj|PuTTY-User-Key-File-/;

/** Whether a text holds what a private key begins with, be it whole, broken or in a place where it does not count as one. */
export function looksPrivate(text: string): boolean {
  return beginnings.test(text);
}
