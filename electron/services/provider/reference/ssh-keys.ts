import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { md5Fingerprint, readPublicBlob, sha256Fingerprint } from '../../../../ssh-keys/index.ts';
import { cleanText } from '../../core/clean-text.ts';
import { absentResources } from '../absent/absent-resources.ts';
import type { AccountSshKeys, SshKeyFacts, SshKeysState } from '../account-ssh-keys.ts';
import { type SignedSender, toSegment } from '../signed-sender.ts';
import { isOffered, remoteMetaSchema, toFieldAccess } from './meta.ts';

// No transforms but for the title: with 10,000 keys they cost more than the checks do. The map does that work.

const instant = z.iso.datetime({ offset: true });

const remoteSshKeySchema = z.object({
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

export const remoteSshKeysSchema = z.object({
  keys: z
    .array(remoteSshKeySchema)
    .max(20_000)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice'),
  limit: z.int().nonnegative().nullish(),
});

export const remoteOwnershipChallengeSchema = z.object({
  /** No line breaks: nobody gets something else signed than a challenge. */
  challenge: z.string().regex(/^[\w.~+/=-]{16,500}$/),
});

type RemoteSshKey = z.infer<typeof remoteSshKeySchema>;

/** Type, size and fingerprints come from the key itself: a provider could say anything of it. */
export function toSshKey({
  id,
  title,
  publicKey: publicLine,
  addedAt,
  lastUsedAt,
  verifiedAt,
  etag,
}: RemoteSshKey): SshKeyFacts {
  const [type = '', base64] = publicLine.split(' ');
  const blob = Buffer.from(base64 ?? '', 'base64');
  const key = { type, blob, bits: bitsOf(blob) };
  const utc = (instant: string | null | undefined) => (instant ? new Date(instant).toISOString() : null);
  return {
    id,
    title,
    publicLine,
    type,
    bits: key.bits,
    sha256: sha256Fingerprint(key),
    md5: md5Fingerprint(key),
    addedAt: new Date(addedAt).toISOString(),
    lastUsedAt: utc(lastUsedAt),
    verifiedAt: utc(verifiedAt),
    revision: etag,
  };
}

/** A key of a type that came after this program must not hide the others. */
function bitsOf(blob: Uint8Array): number {
  try {
    return readPublicBlob(blob).key?.bits ?? 0;
  } catch {
    return 0;
  }
}

const path = '/me/identity-keys';
const pathOf = (id: string) => `${path}/${toSegment(id)}`;
/** Bytes: 10,000 keys of RSA-4096. */
const largestList = 20_000_000;

export function createReferenceSshKeys(send: SignedSender, address: string): AccountSshKeys {
  return {
    sshKeysState: () => readState(send),
    async addSshKey(title, publicLine) {
      const headers = { 'Idempotency-Key': randomUUID() };
      return toSshKey(
        (
          await send({
            method: 'POST',
            path,
            headers,
            body: { title, publicKey: publicLine },
            schema: remoteSshKeySchema,
          })
        ).body,
      );
    },
    async renameSshKey(id, title, revision) {
      const headers = { 'If-Match': revision, 'Content-Type': 'application/merge-patch+json' };
      return toSshKey(
        (await send({ method: 'PATCH', path: pathOf(id), headers, body: { title }, schema: remoteSshKeySchema })).body,
      );
    },
    async removeSshKey(id) {
      await send({ method: 'DELETE', path: pathOf(id), schema: z.unknown() });
    },
    async proveSshKey(id, sign) {
      const { challenge } = (
        await send({ method: 'POST', path: `${pathOf(id)}/challenge`, schema: remoteOwnershipChallengeSchema })
      ).body;
      // Chosen here, never by the provider: so that one provider cannot have a challenge of another answered.
      const signature = await sign(Buffer.from(challenge), `profile-desk-identity-key@${new URL(address).host}`);
      return toSshKey(
        (
          await send({
            method: 'POST',
            path: `${pathOf(id)}/verify`,
            body: { signature },
            schema: remoteSshKeySchema,
          })
        ).body,
      );
    },
  };
}

async function readState(send: SignedSender): Promise<SshKeysState> {
  const { body: meta } = await send({ method: 'GET', path: '/meta', schema: remoteMetaSchema });
  if (!isOffered(meta, 'identity-keys.manage')) return absentResources.sshKeysState();
  const { body } = await send({ method: 'GET', path, schema: remoteSshKeysSchema, maxBody: largestList });
  return {
    access: toFieldAccess(meta.fields?.['identityKeys']?.['key']),
    canVerify: true,
    canRename: true,
    limit: body.limit ?? null,
    keys: body.keys.map(toSshKey),
  };
}
