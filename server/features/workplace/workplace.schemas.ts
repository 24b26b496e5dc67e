import * as z from 'zod';

/** Minutes. */
export const wfmIntervals = [5, 10, 15] as const;

export const workplaceSchema = z
  .strictObject({
    /** Id of one of the choices; empty for none. */
    dialingPattern: z.string(),
    /** Mails about the person's schedule (workforce management). */
    wfmNotifications: z.boolean(),
    /** How many minutes before; has a meaning while notifications are on. */
    wfmInterval: z.literal(wfmIntervals),
    choices: z.strictObject({ dialingPattern: z.array(z.strictObject({ id: z.string(), name: z.string() })) }),
  })
  .meta({ id: 'Workplace' });
export type Workplace = z.infer<typeof workplaceSchema>;

export const workplacePatchSchema = z
  .strictObject({
    dialingPattern: z.string().max(200).nullable().optional(),
    wfmNotifications: z.boolean().optional(),
    wfmInterval: z.number().optional(),
  })
  .meta({ id: 'WorkplacePatch' });
export type WorkplacePatch = z.infer<typeof workplacePatchSchema>;
