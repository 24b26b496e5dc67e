import * as z from 'zod';
import type { DocumentSpec } from '../../vault/sealed-storage.ts';

const stagedSchema = z.strictObject({ version: z.literal(1), accountIds: z.array(z.string()) });

/** Accounts for which an import laid something ready: what it did not take over is deleted again. */
export const stagedSpec = {
  name: 'staged-import.sealed',
  what: 'changes',
  account: 'app',
  version: 1,
  schema: stagedSchema,
} satisfies DocumentSpec<typeof stagedSchema>;
