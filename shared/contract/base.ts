import * as z from 'zod';
import type { ErrorCode } from './errors.ts';

// Bounds of the transport, not of the fields: what a field may hold is the provider's decision, and its
// answer is shown at the field. These only keep a runaway screen or provider from filling memory.

export const nothing = z.undefined();
/**
 * What an act that wants a fresh proof may be refused with: it is wanted, or the act is not for this person, or not
 * there.
 */
export const guardedErrors = ['reauth-required', 'forbidden', 'not-offered'] as const satisfies readonly ErrorCode[];
export const id = z.string().min(1).max(64);
/** What a call about one account is given. */
export const accountInput = z.strictObject({ accountId: id });
/** One line of text as a person types it: up to 10,000 UTF-16 units. */
export const text = z.string().max(10_000);
/**
 * Orders what was read, whatever the clock does: the larger one shows the later state. 0 is what was asked from the
 * cache alone, because two requests may overtake each other, and whatever comes of asking the provider is later.
 */
export const sequence = z.number().int().nonnegative();
/** RFC 3339 in UTC. */
export const instant = z.iso.datetime();
/** What the snapshot of an account begins with. Of two, the one with the larger `sequence` is later. */
export const snapshotHead = {
  accountId: id,
  /** `cache`: the provider did not answer, or was not asked, and it is as old as `takenAt`. */
  source: z.enum(['provider', 'cache']),
  takenAt: instant,
  sequence,
};
/** A picture as `data:image/png;base64,...`; 256 × 256 pixels fit many times. */
export const picture = z
  .string()
  .max(400_000)
  .regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/);
/** A provider's base URL, as typed. */
export const typedAddress = z.string().max(2_000);
