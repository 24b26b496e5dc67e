import type { AccountDeletion } from '../account-deletion.ts';
import type { SignedSender } from '../signed-sender.ts';
import { readPerson } from './profile/person.ts';

/** A page deletes (`pages.ts`), once the person is the only owner of no group any more. */
export function createGitlabDeletion(send: SignedSender): Pick<AccountDeletion, 'readDeletion'> {
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
