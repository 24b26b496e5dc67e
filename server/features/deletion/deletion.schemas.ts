import * as z from 'zod';
import { deletionReasons } from '../../http/problem.ts';

export const deletionSchema = z
  .strictObject({
    canDelete: z.boolean(),
    /** Why not; null if it can be deleted. */
    reason: z.enum(deletionReasons).nullable(),
    /** What goes for good. */
    deletes: z.array(
      z.enum([
        'profile',
        'contact',
        'avatar',
        'sessions',
        'mfa',
        'recovery-codes',
        'notifications',
        'api-key',
        'access-keys',
        'identities',
        'identity-keys',
      ]),
    ),
    /** What stays. */
    keeps: z.array(z.enum(['company-data', 'sent-mails'])),
  })
  .meta({ id: 'Deletion' });
export type Deletion = z.infer<typeof deletionSchema>;

export const confirmedDeletionSchema = z
  .strictObject({
    /** The account's own e-mail, typed by the person. */
    email: z.string().max(1_000),
  })
  .meta({ id: 'ConfirmedDeletion' });
