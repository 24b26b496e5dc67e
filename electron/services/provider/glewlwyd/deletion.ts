import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountDeletion } from '../account-deletion.ts';
import type { ConfigReader } from './way-in/config.ts';
import { readPerson } from './person/person.ts';
import type { Senders } from './senders.ts';

export function createGlewlwydDeletion(
  { session, profile }: Senders,
  config: Pick<ConfigReader, 'read'>,
): AccountDeletion {
  return {
    async readDeletion() {
      // Whether there is anybody to delete: nothing else would notice that it is done.
      const [{ canDelete }] = await Promise.all([config.read(), readPerson(session)]);
      if (!canDelete) throw new AppError('not-offered');
      // Where the administrator chose so, the account is only switched off, and the server tells nobody.
      return { refusal: null, deletes: ['profile', 'contact', 'sessions', 'mfa', 'recovery-codes'], keeps: ['other'] };
    },
    async deleteAccount(typed) {
      const { email, username } = await readPerson(session);
      if (typed.trim().toLowerCase() !== (email || username).toLowerCase())
        throw new AppError('invalid-request', { fields: { email: { code: 'not-valid' } } });
      await profile({ method: 'DELETE', path: '/profile/', schema: z.unknown() });
    },
  };
}
