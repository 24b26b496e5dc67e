import * as z from 'zod';

/** Loose: an older or newer app may have written other settings beside ours. */
export const storedSettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).optional().catch(undefined),
  lockAfterMinutes: z.literal([1, 5, 15, 60]).nullable().optional().catch(undefined),
});
