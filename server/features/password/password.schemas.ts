import * as z from 'zod';

/** Longer than any policy allows, so that the policy gives the answer. */
const password = z.string().min(1).max(10_000);

export const passwordChangeSchema = z
  .strictObject({
    current: password,
    next: password,
    /** Without effect where the policy always ends them. */
    endOtherSessions: z.boolean(),
  })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

export const passwordChangedSchema = z.strictObject({ otherSessionsEnded: z.int() }).meta({ id: 'PasswordChanged' });

export const resetSentSchema = z
  .strictObject({
    /** The address, most of it hidden. */
    sentTo: z.string(),
  })
  .meta({ id: 'PasswordResetSent' });

export const resetRequestSchema = z
  .strictObject({
    /** E-mail or username. */
    identifier: z.string().min(1).max(500),
  })
  .meta({ id: 'PasswordResetRequest' });

export const resetSchema = z.strictObject({ next: password }).meta({ id: 'PasswordReset' });
