import * as z from 'zod';

const instant = z.iso.datetime();
const issuer = z.string().min(1).max(2_000);

/** A client of an identity provider (OpenID Connect), public: whoever signs in at this server may use it. */
export const identityProviderSchema = z
  .strictObject({
    name: z.string(),
    /** As its discovery document and its ID tokens name it. */
    issuer: z.string(),
    clientId: z.string(),
  })
  .meta({ id: 'IdentityProvider' });
export type IdentityProvider = z.infer<typeof identityProviderSchema>;

const identitySchema = z
  .strictObject({
    id: z.string(),
    issuer: z.string(),
    /** Name of the provider. */
    provider: z.string(),
    /** Who it is there: e-mail, username or name, whichever the ID token told first; else its subject. */
    label: z.string(),
    linkedAt: instant,
    /** When somebody signed in with it last; null before the first time. */
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: 'Identity' });
export type Identity = z.infer<typeof identitySchema>;

/** In the order they were linked. */
export const identitiesSchema = z.strictObject({ identities: z.array(identitySchema) }).meta({ id: 'Identities' });

export const nonceRequestSchema = z.strictObject({ issuer }).meta({ id: 'NonceRequest' });

export const nonceSchema = z
  .strictObject({
    /**
     * Goes into the authorization request bound to this server: Base64url of SHA-256 of `nonce.origin`. An ID token
     * counts once, and only with one that was given out.
     */
    nonce: z.string(),
    /** Seconds. */
    expiresIn: z.int(),
  })
  .meta({ id: 'Nonce' });
export type Nonce = z.infer<typeof nonceSchema>;

export const idTokenSchema = z.strictObject({ issuer, idToken: z.string().min(1).max(20_000) }).meta({ id: 'IdToken' });
export type IdToken = z.infer<typeof idTokenSchema>;
