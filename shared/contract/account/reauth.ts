import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { id, instant, snapshotHead } from '../base.ts';

/** Proving again who you are (E12): valid for a window whose length the provider sets. */
export const reauthStateSchema = z.strictObject({
  ...snapshotHead,
  /** End of the window by this computer's clock, whatever the provider's says; null while it is closed. */
  validUntil: instant.nullable(),
  /** Length of the window that a new proof opens, seconds. */
  windowSeconds: z.number().int().nonnegative(),
  /** What can be used as proof now; a code only where MFA is on. Empty where the service asks for no proof at all. */
  proofs: z.array(z.enum(['password', 'code', 'recovery-code'])).max(3),
  /**
   * When the session ends that a proof makes longer, by this computer's clock; null where it goes on by itself, or the
   * service does not say.
   */
  sessionEndsAt: instant.nullable(),
});
export type ReauthState = z.infer<typeof reauthStateSchema>;

export const reauth = {
  status: call(z.strictObject({ accountId: id }), reauthStateSchema),
  /** Fails with `unauthenticated`: wrong-credentials, wrong-code; `rate-limited`: locked-out. */
  prove: call(
    z.strictObject({
      accountId: id,
      proof: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('password'), password: z.string().min(1).max(1_000) }),
        z.strictObject({ kind: z.literal('code'), code: z.string().min(1).max(40) }),
      ]),
    }),
    reauthStateSchema,
  ),
  /** Closes the window now, here and at the provider. */
  end: call(z.strictObject({ accountId: id }), reauthStateSchema),
  changed: event(reauthStateSchema),
};
