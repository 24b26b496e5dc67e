import * as z from 'zod';

const instant = z.iso.datetime();

export const accessKeySchema = z
  .strictObject({
    id: z.string(),
    /** Empty if it was given none. */
    name: z.string(),
    isActive: z.boolean(),
    createdAt: instant,
    /** When a token was got for it last; null before the first time. */
    lastUsedAt: instant.nullable(),
    /** Null for a key without an end. */
    expiresAt: instant.nullable(),
    /** Goes into If-Match. Names what a person can change, so that using the key does not make it stale. */
    etag: z.string(),
  })
  .meta({ id: 'AccessKey' });
export type AccessKey = z.infer<typeof accessKeySchema>;

export const accessKeysSchema = z
  .strictObject({
    /** Newest first. */
    keys: z.array(accessKeySchema),
    /** How many there may be. */
    limit: z.int(),
    /** Whether an end can be given to a new key. */
    canExpire: z.boolean(),
  })
  .meta({ id: 'AccessKeys' });
export type AccessKeys = z.infer<typeof accessKeysSchema>;

export const madeAccessKeySchema = z
  .strictObject({
    /** Shown here and never again. */
    secret: z.string(),
    key: accessKeySchema,
  })
  .meta({ id: 'MadeAccessKey' });

export const accessKeyPatchSchema = z.strictObject({ isActive: z.boolean() }).meta({ id: 'AccessKeyPatch' });

/** RFC 6749, 4.3.2. */
export const tokenRequestSchema = z
  .strictObject({
    grant_type: z.literal('password'),
    /** Id of the access key. */
    username: z.string().min(1).max(200),
    /** Its secret. */
    password: z.string().min(1).max(200),
  })
  .meta({ id: 'TokenRequest' });

/** RFC 6749, 5.1. */
export const tokenSchema = z
  .strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    /** Seconds. */
    expires_in: z.int(),
  })
  .meta({ id: 'AccessKeyToken' });
