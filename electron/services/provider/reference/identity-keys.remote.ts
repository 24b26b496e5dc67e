import * as z from 'zod';
import { cleanText } from '../../core/clean-text.ts';

// No transforms but for the title: with 10,000 keys they cost more than the checks do. The map does that work.

const instant = z.iso.datetime({ offset: true });

export const remoteIdentityKeySchema = z.object({
  id: z.string().min(1).max(200),
  title: z.string().max(200).transform(cleanText),
  /** Type and key. What the provider says of them beside that is computed here instead. */
  publicKey: z
    .string()
    .max(20_000)
    .regex(/^[a-z][a-z0-9@.-]{1,99} AAAA[A-Za-z0-9+/]+={0,2}$/),
  addedAt: instant,
  lastUsedAt: instant.nullish(),
  verifiedAt: instant.nullish(),
  /** Goes back in a header (RFC 9110, section 8.8.3). */
  etag: z
    .string()
    .max(200)
    .regex(/^(?:W\/)?"[\x21\x23-\x7e]*"$/),
});

export const remoteIdentityKeysSchema = z.object({
  keys: z
    .array(remoteIdentityKeySchema)
    .max(20_000)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice'),
  limit: z.int().nonnegative().nullish(),
});

export const remoteOwnershipChallengeSchema = z.object({
  /** No line breaks: nobody gets something else signed than a challenge. */
  challenge: z.string().regex(/^[\w.~+/=-]{16,500}$/),
});

export type RemoteIdentityKey = z.infer<typeof remoteIdentityKeySchema>;
