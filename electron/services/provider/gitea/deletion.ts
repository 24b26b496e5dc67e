import type { AccountDeletion } from '../account-deletion.ts';
import type { SignedSender } from '../signed-sender.ts';
import { readPerson } from './person.ts';

/** A page deletes (`pages.ts`), once the person owns nothing there any more. */
export function createGiteaDeletion(send: SignedSender): Pick<AccountDeletion, 'readDeletion'> {
  return {
    async readDeletion() {
      // Whether there is anybody to delete: nothing else would notice that it is done.
      await readPerson(send);
      return {
        refusal: null,
        deletes: ['profile', 'contact', 'avatar', 'mfa', 'access-keys', 'identity-keys', 'other'],
        keeps: [],
      };
    },
  };
}
