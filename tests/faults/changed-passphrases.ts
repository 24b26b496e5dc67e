/** The passphrase of that number; of another length each, so that a torn file shows. */
export function passphraseOf(number: number): string {
  return `passphrase number ${String(number)} ${'x'.repeat(number % 200)}`;
}
