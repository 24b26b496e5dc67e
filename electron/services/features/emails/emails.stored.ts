import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const storedEmailsSchema = z.strictObject({
  version: z.literal(1),
  takenAt: z.iso.datetime(),
  state: z.strictObject({
    sendsMail: z.boolean(),
    emails: z.array(
      z.strictObject({
        id: z.string(),
        email: z.string(),
        isPrimary: z.boolean(),
        isVerified: z.boolean().nullable(),
        acts: z.array(z.enum(['remove', 'makePrimary', 'sendVerification'])),
      }),
    ),
  }),
});

export const emailsSpec = {
  prefix: 'emails',
  what: 'profile',
  version: 1,
  schema: storedEmailsSchema,
} satisfies AccountDocumentsSpec<typeof storedEmailsSchema>;
