import * as z from 'zod';
import { deletionSchema, type Deletion } from '../../../../shared/contract/deletion.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountDeletion } from '../account-deletion.ts';
import { remoteDeletionSchema, type RemoteDeletion } from './deletion.remote.ts';
import type { SignedSender } from './signed-sender.ts';

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
export function toDeletion(remote: RemoteDeletion): Omit<Deletion, 'connectionId'> {
  const refusal = remote.reason === 'last-owner' ? 'last-owner' : 'other';
  return {
    refusal: remote.canDelete ? null : refusal,
    deletes: known(remote.deletes, deletes.element.options),
    keeps: known(remote.keeps, keeps.element.options),
  };
}

function known<K extends string>(told: readonly string[], words: readonly (K | 'other')[]): (K | 'other')[] {
  return [...new Set(told.map((each) => words.find((word) => word === each) ?? 'other'))];
}
