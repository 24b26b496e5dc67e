import * as z from 'zod';

export const sessionSchema = z
  .strictObject({
    id: z.string(),
    /** True for the session of this very request. */
    current: z.boolean(),
    /** The User-Agent header of the sign-in, its first 1,000 characters. */
    userAgent: z.string(),
    ipAddress: z.string(),
    createdAt: z.iso.datetime(),
    /** To the minute. */
    lastSeenAt: z.iso.datetime(),
    /** Its tokens or its proof of identity became others. */
    lastModifiedAt: z.iso.datetime(),
    lastAuthenticatedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' });

export const sessionsSchema = z.strictObject({ sessions: z.array(sessionSchema) }).meta({ id: 'Sessions' });

export const closeSchema = z.strictObject({ ids: z.array(z.uuid()).min(1).max(1_000) }).meta({ id: 'CloseSessions' });

export const closedSchema = z
  .strictObject({
    /** In the order asked for. What is gone already counts as closed, and so does what was never there. */
    results: z.array(z.strictObject({ id: z.string(), closed: z.literal(true) })),
  })
  .meta({ id: 'ClosedSessions' });

export const othersClosedSchema = z.strictObject({ closed: z.int() }).meta({ id: 'OtherSessionsClosed' });
