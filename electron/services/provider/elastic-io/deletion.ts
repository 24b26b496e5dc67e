import type { AccountDeletion } from '../account-deletion.ts';
import type { SignedSender } from '../signed-sender.ts';
import { readPerson } from './person.ts';

/** Its page deletes; what goes with the account its documentation says (“Delete a user”). */
export function createElasticIoDeletion(send: SignedSender): Pick<AccountDeletion, 'readDeletion'> {
  return {
    async readDeletion() {
      // Whether there is anybody to delete: nothing else would notice that it is done.
      await readPerson(send);
      return {
        refusal: null,
        deletes: ['profile', 'contact', 'avatar', 'mfa', 'identity-keys', 'other'],
        keeps: ['other'],
      };
    },
  };
}
