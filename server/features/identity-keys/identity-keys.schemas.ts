import * as z from 'zod';

const instant = z.iso.datetime();

export const identityKeySchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    /** One line: type and key, without a comment. */
    publicKey: z.string(),
    type: z.string(),
    bits: z.int(),
    /** As `ssh-keygen -l` prints it. */
    sha256: z.string(),
    md5: z.string(),
    addedAt: instant,
    lastUsedAt: instant.nullable(),
    /** When the person proved to hold the private half; null before that. */
    verifiedAt: instant.nullable(),
    /** Goes into If-Match. Names what a person can change. */
    etag: z.string(),
  })
  .meta({ id: 'IdentityKey' });
export type IdentityKey = z.infer<typeof identityKeySchema>;

export const identityKeysSchema = z
  .strictObject({
    /** Newest first. */
    keys: z.array(identityKeySchema),
    /** How many there may be. */
    limit: z.int(),
  })
  .meta({ id: 'IdentityKeys' });

export const newIdentityKeySchema = z
  .strictObject({
    /** Up to 100 code points; the comment of the key if there is none. */
    title: z.string().max(10_000).optional(),
    /** One line as in `authorized_keys`. Never a private key. */
    publicKey: z.string().max(20_000),
  })
  .meta({ id: 'NewIdentityKey' });
export type NewIdentityKey = z.infer<typeof newIdentityKeySchema>;

export const identityKeyPatchSchema = z
  .strictObject({ title: z.string().max(10_000) })
  .meta({ id: 'IdentityKeyPatch' });

export const ownershipChallengeSchema = z
  .strictObject({
    /**
     * The message to sign, good for one try, in the SSHSIG form of `ssh-keygen -Y sign` under the namespace
     * `profile-desk-identity-key@<host>`, with the host and port by which the client reached this server: so a proof
     * given to another server is worth nothing here.
     */
    challenge: z.string(),
    /** Seconds. */
    expiresIn: z.int(),
  })
  .meta({ id: 'OwnershipChallenge' });

export const ownershipProofSchema = z
  .strictObject({
    /** Armored. */
    signature: z.string().max(20_000),
  })
  .meta({ id: 'OwnershipProof' });
