import * as z from 'zod';
import { instant, snapshotHead } from '../base.ts';
import { fieldAccessSchema } from '../account/profile.ts';

// What the API key (W7, E7) and access keys (C7) have in common. Not one of these schemas holds a secret.

/** Null for "never", or "no end". */
export const keyTimes = {
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  /** The end that the provider keeps. */
  expiresAt: instant.nullable(),
  /** The day that the person chose here to be reminded of (X3); never sent. The earlier of both ends counts. */
  ownEnd: instant.nullable(),
};

/** What a snapshot of keys begins with. */
export const keysSnapshot = {
  ...snapshotHead,
  /**
   * What this person may do; `not-offered` where this provider has no such keys. A proof (E12) may be needed beside it.
   */
  access: fieldAccessSchema,
  /** What a new key can be given, and whether it can be shown again later. */
  offers: z.array(z.enum(['name', 'expiry', 'reveal'])).max(3),
};

/** Where the person's clipboard is emptied again, if it still holds this by then (X12). */
export const copiedSchema = z.strictObject({ clearsAt: instant });
/** `file` is null if the person cancelled. */
export const savedSchema = z.strictObject({ file: z.string().max(4_096).nullable() });
/** What the provider itself said to the key in a real call. */
export const keyTestSchema = z.strictObject({ isAccepted: z.boolean(), testedAt: instant });

export type Copied = z.infer<typeof copiedSchema>;
export type KeyTest = z.infer<typeof keyTestSchema>;
