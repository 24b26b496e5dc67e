import * as z from 'zod';
import { errorCodes, errorReasons, fieldErrorCodes } from './errors.ts';

export const fieldErrorSchema = z.strictObject({
  code: z.enum(fieldErrorCodes),
  /** Characters (code points), where the code is too-long or too-short. */
  limit: z.number().int().optional(),
  /** What whoever runs the service wrote for the case, in their own words and language. */
  text: z.string().max(300).optional(),
});
export const fieldErrorsSchema = z.record(z.string().max(200), fieldErrorSchema);
export type FieldErrors = z.infer<typeof fieldErrorsSchema>;

export const errorShapeSchema = z.strictObject({
  code: z.enum(errorCodes),
  reason: z.enum(errorReasons).optional(),
  /** Dotted path of the input field → what is wrong there. */
  fields: fieldErrorsSchema.optional(),
  /** Seconds to wait before the next try. */
  retryAfter: z.number().int().nonnegative().optional(),
  /** For `wrong-credentials` of a sign-in: tries until there is a pause, and its length. */
  tries: z.strictObject({ left: z.number().int().nonnegative(), pauseSeconds: z.number().int().positive() }).optional(),
  /** The missing permission, in the provider's own word. */
  permission: z.string().max(200).optional(),
  /**
   * For `issuer-differs`: the identity provider's name for itself as it is configured, and as its own document says.
   */
  issuers: z.strictObject({ configured: z.string().max(2_000), found: z.string().max(2_000) }).optional(),
  /** For `internal`: finds the cause in the log on this computer. */
  reference: z.string().max(40).optional(),
});
export type ErrorShape = z.infer<typeof errorShapeSchema>;
