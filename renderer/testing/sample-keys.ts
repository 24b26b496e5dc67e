import type { AccessKey } from '../../shared/contract/keys/access-keys.ts';
import type { ApiKeySnapshot, ExampleKind } from '../../shared/contract/keys/api-key.ts';
import type { Rotation } from '../../shared/contract/keys/rotation.ts';

export const takenAt = '2026-03-01T09:30:00.000Z';
export const sampleApiKey = 'pdk_7Fq2mXaP3wd9RtcH8nb4VyeT2gj6Ks1x9Q';
export const sampleAccessSecret = 'pds_Q9kp2CnrF7se4TdhM3av5JwxD6yt8Bgk4Z';
const noTimes = { lastUsedAt: null, expiresAt: null, ownEnd: null };
const exampleKinds: readonly ExampleKind[] = ['curl', 'node', 'python'];

export function makeApiKey(name: string): NonNullable<ApiKeySnapshot['key']> {
  return { name, lastFour: sampleApiKey.slice(-4), createdAt: takenAt, ...noTimes };
}

export function makeAccessKey(id: string, changes: Partial<AccessKey>): AccessKey {
  return { id, name: '', isActive: true, createdAt: takenAt, ...noTimes, scopes: [], ...changes };
}

/** Without its last four characters there is no key. */
export function makeExamples(lastFour: string | undefined): { kind: ExampleKind; text: string }[] {
  const key = lastFour === undefined ? 'YOUR_API_KEY' : `••••${lastFour}`;
  return exampleKinds.map((kind) => ({ kind, text: `${kind} https://api.example.com/me Bearer ${key}` }));
}

export function emptyRotation(accountId: string): Rotation {
  const unset = { oldKeyId: null, newKeyId: null, places: [], testedAt: null, deleteAt: null };
  return { accountId, kind: 'access-key', step: 'test', ...unset };
}
