import * as z from 'zod';

/** Problem details (RFC 9457) as the reference API writes them. */
export const remoteProblemSchema = z.object({
  code: z.string().max(100),
  triesLeft: z.int().nonnegative().optional(),
  pauseSeconds: z.int().positive().optional(),
  permission: z.string().max(200).optional(),
  errors: z
    .array(z.object({ field: z.string().max(200), code: z.string().max(100), limit: z.int().optional() }))
    .max(100)
    .optional(),
});
export type RemoteProblem = z.infer<typeof remoteProblemSchema>;
