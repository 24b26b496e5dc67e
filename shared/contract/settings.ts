import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { activityLimits } from '../rules/activity-words.ts';
import { nothing } from './base.ts';

/** Minutes. */
const lockDelays = [1, 5, 15, 60] as const;

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Minutes without use after which the app locks itself, where a passphrase opens it; null for never. */
  lockAfterMinutes: z.literal(lockDelays).nullable(),
  /**
   * A lock takes from the SSH agent what the app lent it; what it was lent without a limit of its own goes in any case.
   */
  takeKeysBackOnLock: z.boolean(),
  /** Entries of activity kept for each account (X4); 0 for none. */
  activityLimit: z.literal(activityLimits),
  /** A notification of the desktop for a session or key that came from elsewhere. */
  notifyOfNew: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  get: call(nothing, settingsSchema),
  update: call(settingsSchema.partial(), settingsSchema),
  changed: event(settingsSchema),
};
