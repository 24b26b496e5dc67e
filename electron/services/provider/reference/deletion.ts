import * as z from 'zod';
import { deletionSchema, type Deletion } from '../../../../shared/contract/account/deletion.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountDeletion } from '../account-deletion.ts';
import type { SignedSender } from '../signed-sender.ts';

/** Plain strings, no closed lists: a later server may keep or delete more than we know. */
const kinds = z.array(z.string().max(100)).max(50);

const remoteDeletionSchema = z.object({
  canDelete: z.boolean(),
  reason: z.string().max(100).nullish(),
  deletes: kinds,
  keeps: kinds,
});
type RemoteDeletion = z.infer<typeof remoteDeletionSchema>;

const { deletes, keeps } = deletionSchema.shape;

export function createReferenceDeletion(send: SignedSender): AccountDeletion {
  return {
    async readDeletion() {
      try {
        return toDeletion((await send({ method: 'GET', path: '/me/deletion', schema: remoteDeletionSchema })).body);
      } catch (error) {
        if (error instanceof AppError && error.code === 'not-found') throw new AppError('not-offered');
        throw error;
      }
    },
    async deleteAccount(email) {
      await send({ method: 'DELETE', path: '/me', schema: z.unknown(), body: { email } });
    },
  };
}

/** What we have no word for is told as "other", not left out. */
export function toDeletion(remote: RemoteDeletion): Omit<Deletion, 'accountId'> {
  const refusal = remote.reason === 'last-owner' ? 'last-owner' : 'other';
  return {
    refusal: remote.canDelete ? null : refusal,
    deletes: known(remote.deletes, deletes.element.options),
    keeps: known(remote.keeps, keeps.element.options),
  };
}

function known<K extends string>(listed: readonly string[], words: readonly (K | 'other')[]): (K | 'other')[] {
  return [...new Set(listed.map((each) => words.find((word) => word === each) ?? 'other'))];
}
