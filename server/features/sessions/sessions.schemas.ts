import * as z from 'zod';

export const sessionSchema = z
  .strictObject({
    id: z.string(),
    /** True for the session of this very request. */
    current: z.boolean(),
    /** The User-Agent header of the sign-in, as it came. */
    userAgent: z.string(),
    ipAddress: z.string(),
    createdAt: z.iso.datetime(),
    /** To the minute. */
    lastSeenAt: z.iso.datetime(),
    lastAuthenticatedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });

export const sessionsSchema = z.strictObject({ sessions: z.array(sessionSchema) }).meta({ id: 'Sessions' });
