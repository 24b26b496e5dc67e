import * as z from 'zod';

export const signInSchema = z
  .strictObject({
    /** E-mail or username. */
    identifier: z.string().min(1).max(500),
    password: z.string().min(1).max(1_000),
    /** Of an earlier sign-in from the same device; one that is not good is as none. */
    deviceToken: z.string().min(1).max(200).optional(),
  })
  .meta({ id: 'SignIn' });

export type SignIn = z.infer<typeof signInSchema>;

export const signInCodeSchema = z
  .strictObject({ challenge: z.string().min(1).max(100), code: z.string().min(1).max(40) })
  .meta({ id: 'SignInCode' });

export const refreshSchema = z.strictObject({ refreshToken: z.string().min(1).max(100) }).meta({ id: 'Refresh' });

const tokens = {
  /** Opaque; goes into `Authorization: Bearer`. */
  accessToken: z.string(),
  /** Seconds the access token is good for. */
  expiresIn: z.int(),
  /** Opaque; works once. */
  refreshToken: z.string(),
  sessionId: z.string(),
  /** Opaque; kept past the sign-out and sent with the next sign-in, it has a count of wrong passwords of its own. */
  deviceToken: z.string(),
};

export const signedInSchema = z.strictObject({ status: z.literal('signed-in'), ...tokens }).meta({ id: 'SignedIn' });
const codeRequiredSchema = z
  .strictObject({
    status: z.literal('code-required'),
    challenge: z.string(),
    /** Seconds the challenge is good for. */
    expiresIn: z.int(),
  })
  .meta({ id: 'CodeRequired' });

export const signInAnswerSchema = z
  .discriminatedUnion('status', [signedInSchema, codeRequiredSchema])
  .meta({ id: 'SignInAnswer' });
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;
export type SignedIn = z.infer<typeof signedInSchema>;
