import * as z from 'zod';

// What a number may be is checked in check-thresholds.ts, where each fault gets its own code.

export const notificationsSchema = z
  .strictObject({
    quotaAlerts: z.boolean(),
    /** Ascending by percent of the quota; a mail goes out when the utilization rises to it. */
    thresholds: z.array(z.strictObject({ percent: z.int(), byMail: z.boolean() })),
    dailyReport: z.boolean(),
    /** The person's e-mail: mails go nowhere else. */
    sentTo: z.string(),
  })
  .meta({ id: 'Notifications' });
export type Notifications = z.infer<typeof notificationsSchema>;
export type Threshold = Notifications['thresholds'][number];

const typedThresholdSchema = z.strictObject({ percent: z.number().nullable(), byMail: z.boolean() });
export type TypedThreshold = z.infer<typeof typedThresholdSchema>;

export const notificationsPatchSchema = z
  .strictObject({
    quotaAlerts: z.boolean().optional(),
    /** The whole list; up to three, distinct whole percents from 1 to 100, in any order. */
    thresholds: z.array(typedThresholdSchema).optional(),
    dailyReport: z.boolean().optional(),
    sentTo: z.string().optional(),
  })
  .meta({ id: 'NotificationsPatch' });
export type NotificationsPatch = z.infer<typeof notificationsPatchSchema>;
