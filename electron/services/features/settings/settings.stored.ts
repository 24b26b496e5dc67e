import * as z from 'zod';
import type { DocumentSpec } from '../../vault/sealed-storage.ts';

/** Loose: an older or newer app may have written other settings beside ours. */
export const storedSettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).optional().catch(undefined),
  lockAfterMinutes: z.literal([1, 5, 15, 60]).nullable().optional().catch(undefined),
  takeKeysBackOnLock: z.boolean().optional().catch(undefined),
  activityLimit: z.literal([0, 1_000, 10_000, 100_000]).optional().catch(undefined),
  notifyOfNew: z.boolean().optional().catch(undefined),
});

const pendingSettingsSchema = z.strictObject({
  version: z.literal(1),
  settings: storedSettingsSchema,
});

/** Settings that came out of a file (X14), until they are in `settings.json`. */
export const pendingSettingsSpec = {
  name: 'pending-settings.sealed',
  what: 'settings',
  account: 'app',
  version: 1,
  schema: pendingSettingsSchema,
} satisfies DocumentSpec<typeof pendingSettingsSchema>;
