import * as z from 'zod';

/** RFC 6750, section 2.1: what may stand in an Authorization header. */
const token = z
  .string()
  .max(4_096)
  .regex(/^[A-Za-z0-9._~+/-]+=*$/);
/** Seconds. */
const lifetime = z
  .int()
  .min(1)
  .max(366 * 86_400);

export const remoteTokensSchema = z.object({
  accessToken: token,
  refreshToken: token,
  expiresIn: lifetime,
  // An older service gives none.
  deviceToken: z.string().min(1).max(1_000).optional(),
});

export const remoteSignInSchema = z.discriminatedUnion('status', [
  remoteTokensSchema.extend({ status: z.literal('signed-in') }),
  z.object({ status: z.literal('code-required'), challenge: z.string().min(1).max(1_000), expiresIn: lifetime }),
]);

export type RemoteTokens = z.infer<typeof remoteTokensSchema>;
export type RemoteSignIn = z.infer<typeof remoteSignInSchema>;
