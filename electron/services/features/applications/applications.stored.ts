import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const instant = z.iso.datetime();

const storedApplicationsSchema = z.strictObject({
  version: z.literal(1),
  takenAt: instant,
  applications: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      site: z.string().nullable(),
      grants: z.array(z.string()),
      grantedAt: instant.nullable(),
      isInUse: z.boolean().nullable(),
      hasOfflineAccess: z.boolean().nullable(),
      isThisApp: z.boolean(),
      canWithdraw: z.boolean(),
    }),
  ),
});

export const applicationsSpec = {
  prefix: 'applications',
  what: 'applications',
  version: 1,
  schema: storedApplicationsSchema,
} satisfies AccountDocumentsSpec<typeof storedApplicationsSchema>;
