import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';

// What lies on disk. Strict, and not shared with the contract: the names of fields and the bounds may change without a
// migration, and a draft of a field that is known no more is still somebody's words.

const value = z.union([
  z.string(),
  z.boolean(),
  z.number(),
  z.array(z.string()),
  z.array(z.strictObject({ percent: z.number().nullable(), byMail: z.boolean() })),
  z.null(),
]);

const storedDraftSchema = z.strictObject({
  version: z.literal(1),
  savedAt: z.iso.datetime(),
  edits: z.array(
    z.strictObject({
      /** `contact.city`; of a field that the service describes, `more.` and its id. */
      path: z.string(),
      base: value,
      mine: value,
      shown: z.strictObject({ label: z.string(), value: z.string() }).optional(),
    }),
  ),
});

export const draftSpec = {
  prefix: 'draft',
  what: 'drafts',
  version: 1,
  schema: storedDraftSchema,
} satisfies AccountDocumentsSpec<typeof storedDraftSchema>;
