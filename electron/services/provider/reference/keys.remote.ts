import * as z from 'zod';
import { cleanText } from '../../core/clean-text.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const name = z.string().max(200).transform(cleanText);
/** Goes into a header, into files and onto the screen: nothing but visible ASCII. */
const secret = z.string().regex(/^[\x21-\x7e]{8,500}$/);
const times = { createdAt: instant, lastUsedAt: instant.nullable(), expiresAt: instant.nullable() };

const remoteApiKeySchema = z.object({ name, lastFour: z.string().regex(/^[\x21-\x7e]{1,4}$/), ...times });

export const remoteApiKeyStateSchema = z.object({
  /** A style that we do not know counts as one that shows a key once. */
  style: z.string().max(40),
  canExpire: z.boolean(),
  key: remoteApiKeySchema.nullable(),
});
export const remoteMadeApiKeySchema = z.object({ secret, key: remoteApiKeySchema });
export const remoteRevealedApiKeySchema = z.object({ secret });

export const remoteAccessKeySchema = z.object({
  id: z.string().min(1).max(200),
  name,
  isActive: z.boolean(),
  ...times,
  /** Goes back in a header (RFC 9110, section 8.8.3). */
  etag: z
    .string()
    .max(200)
    .regex(/^(?:W\/)?"[\x21\x23-\x7e]*"$/),
});

export const remoteAccessKeysSchema = z.object({
  keys: z
    .array(remoteAccessKeySchema)
    .max(1_000)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice'),
  limit: z.int().nonnegative(),
  canExpire: z.boolean(),
});
export const remoteMadeAccessKeySchema = z.object({ secret, key: remoteAccessKeySchema });

export type RemoteApiKeyState = z.infer<typeof remoteApiKeyStateSchema>;
export type RemoteAccessKey = z.infer<typeof remoteAccessKeySchema>;
export type RemoteAccessKeys = z.infer<typeof remoteAccessKeysSchema>;
