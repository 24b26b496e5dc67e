import type { AccountDeletion } from '../../account-deletion.ts';
import { readPerson } from '../person/person.ts';
import type { Senders } from '../senders.ts';

/** A page deletes (`hand-off.ts`). What goes is not told: it is the person, and all that the realm has of them. */
export function createKeycloakDeletion({ read }: Senders): Pick<AccountDeletion, 'readDeletion'> {
  return {
    async readDeletion() {
      // Whether there is anybody to delete: nothing else would notice that it is done.
      await readPerson(read);
      return {
        refusal: null,
        deletes: ['profile', 'contact', 'sessions', 'mfa', 'recovery-codes', 'identities', 'applications', 'other'],
        keeps: [],
      };
    },
  };
}
