/** The form in which usernames and e-mail addresses are compared. */
export function keyOf(identifier: string): string {
  return identifier.normalize('NFC').trim().toLowerCase();
}
