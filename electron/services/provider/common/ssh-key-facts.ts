import { md5Fingerprint, readPublicBlob, sha256Fingerprint } from '../../../../ssh-keys/index.ts';
import type { SshKeyFacts } from '../account-ssh-keys.ts';

/** What a service sends for a key: type and body, and maybe a comment of whoever made it. */
export const sshLinePattern = /^[a-z][a-z0-9@.-]{1,99} AAAA[A-Za-z0-9+/]+={0,2}(?:\s|$)/;

/** Characters of a title that a screen shows. */
export const maxTitle = 200;

/** What a line tells by itself: type, size and fingerprints come from the key, not from what the service says of it. */
export function readSshKeyLine(line: string): Pick<SshKeyFacts, 'publicLine' | 'type' | 'bits' | 'sha256' | 'md5'> {
  const [type = '', base64 = ''] = line.split(/\s+/);
  const blob = Buffer.from(base64, 'base64');
  const parts = { type, blob, bits: bitsOf(blob) };
  return {
    publicLine: `${type} ${base64}`,
    type,
    bits: parts.bits,
    sha256: sha256Fingerprint(parts),
    md5: md5Fingerprint(parts),
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
