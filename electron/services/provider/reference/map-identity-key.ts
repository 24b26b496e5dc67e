import { md5Fingerprint, readPublicBlob, sha256Fingerprint } from '../../../../ssh-keys/index.ts';
import type { IdentityKeyFacts } from '../account-identity-keys.ts';
import type { RemoteIdentityKey } from './identity-keys.remote.ts';

/** Type, size and fingerprints come from the key itself: a provider could say anything of it. */
export function toIdentityKey({
  id,
  title,
  publicKey: publicLine,
  addedAt,
  lastUsedAt,
  verifiedAt,
  etag,
}: RemoteIdentityKey): IdentityKeyFacts {
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
    return readPublicBlob(blob, 'the public part').key?.bits ?? 0;
  } catch {
    return 0;
  }
}
