import * as z from 'zod';

const instant = z.iso.datetime();

const apiKeySchema = z
  .strictObject({
    /** Empty where keys have no name. */
    name: z.string(),
    lastFour: z.string(),
    createdAt: instant,
    /** To the minute; null before the first use. */
    lastUsedAt: instant.nullable(),
    /** Null for a key without an end. */
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

export const apiKeyStateSchema = z
  .strictObject({
    /** `named`: has a name and is shown once. `replace`: has none and can be shown again. */
    style: z.enum(['named', 'replace']),
    /** Whether an end can be given to a new key. */
    canExpire: z.boolean(),
    key: apiKeySchema.nullable(),
  })
  .meta({ id: 'ApiKeyState' });

export const newApiKeySchema = z
  .strictObject({
    /** Up to 100 code points; needed where the style is `named`. */
    name: z.string().max(10_000).optional(),
    expiresAt: instant.nullable().optional(),
  })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof newApiKeySchema>;

export const madeApiKeySchema = z
  .strictObject({
    /** Shown here; never again where the style is `named`. */
    secret: z.string(),
    key: apiKeySchema,
  })
  .meta({ id: 'MadeApiKey' });

export const revealedApiKeySchema = z.strictObject({ secret: z.string() }).meta({ id: 'RevealedApiKey' });
