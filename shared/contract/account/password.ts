import * as z from 'zod';
import { call } from '../../rpc/define.ts';
import { guardedErrors, id } from '../base.ts';

export const passwordPolicySchema = z.strictObject({
  /** Code points. */
  minLength: z.number().int().min(1).max(1_000),
  maxLength: z.number().int().min(1).max(10_000),
  /** How many of the four groups (lower case, upper case, digits, others) must be met; 0 for no such rule. */
  characterGroups: z.number().int().min(0).max(4),
  /** Refuses a password that holds the person's own name, username or e-mail. */
  forbidsPersonalInformation: z.boolean(),
  /** What a change does to the other sessions: ends them in any case, or lets the person choose. */
  otherSessions: z.enum(['always-end', 'choose']),
});
export type PasswordPolicy = z.infer<typeof passwordPolicySchema>;

export const password = {
  policy: call(z.strictObject({ accountId: id }), passwordPolicySchema, ['not-offered']),
  /**
   * Fails with `invalid-request`: fields `current` (not-valid: wrong) and `next` (too-short, too-long, not-valid with
   * the rule named by the policy check); `rate-limited`: locked-out. Nothing is changed on an error.
   */
  change: call(
    z.strictObject({
      accountId: id,
      current: z.string().min(1).max(10_000),
      next: z.string().min(1).max(10_000),
      endOtherSessions: z.boolean(),
    }),
    z.strictObject({ otherSessionsEnded: z.number().int().nonnegative() }),
    [...guardedErrors, 'invalid-request'],
  ),
  /** Asks the provider to send a reset mail to the account's address. */
  requestReset: call(z.strictObject({ accountId: id }), z.strictObject({ sentTo: z.string().max(500) }), [
    'not-offered',
  ]),
};
