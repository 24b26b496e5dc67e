import { hash } from 'node:crypto';
import type { PublicKey } from './key-material.ts';

/** As `ssh-keygen -l` prints it: "SHA256:" and base64 without padding. */
export function sha256Fingerprint({ blob }: PublicKey): string {
  // 32 bytes end with one "=", always.
  return `SHA256:${hash('sha256', blob, 'base64').slice(0, -1)}`;
}

/** As `ssh-keygen -l -E md5` prints it: "MD5:" and sixteen bytes in hex with colons. */
export function md5Fingerprint({ blob }: PublicKey): string {
  return `MD5:${hash('md5', blob, 'hex').replace(/..(?=.)/g, '$&:')}`;
}
