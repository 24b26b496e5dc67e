import { splitNameAndKey } from '../common/name-and-key.ts';
import type { Signature } from '../signed-sender.ts';

// What an account here is opened with: the id of the access key, which tells whose it is, and the token it was traded
// for.

export function toOwnToken(keyId: string, token: string): string {
  return `${keyId}:${token}`;
}

export function keyIdOf(ownToken: string): string {
  return splitNameAndKey(ownToken).name;
}

export const asOwnToken: Signature = (ownToken) => ({ Authorization: `Bearer ${splitNameAndKey(ownToken).key}` });
