import { plainAddress } from '../../shared/typed-text.ts';

/** The form in which usernames and e-mail addresses are compared. */
export function keyOf(identifier: string): string {
  return plainAddress(identifier).toLowerCase();
}
