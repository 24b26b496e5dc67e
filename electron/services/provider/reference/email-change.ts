import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountEmailChange } from '../account-email-change.ts';
import type { SignedSender } from '../signed-sender.ts';

const path = '/me/email-change';
const schema = z.object({
  pending: z
    .object({
      email: z.string().max(10_000),
      expiresAt: z.iso.datetime({ offset: true }).transform((instant) => new Date(instant).toISOString()),
    })
    .transform((pending) => ({ ...pending, canCancel: true }))
    .nullable(),
});

export function createReferenceEmailChange(send: SignedSender): AccountEmailChange {
  return {
    async pendingEmail() {
      try {
        return (await send({ method: 'GET', path, schema })).body.pending;
      } catch (error) {
        // An older service: there each address counts at once.
        if (error instanceof AppError && error.code === 'not-found') return null;
        throw error;
      }
    },
    async resendEmailLink() {
      return (await send({ method: 'POST', path: `${path}/mail`, schema })).body.pending;
    },
    async cancelEmailChange() {
      await send({ method: 'DELETE', path, schema });
    },
  };
}
