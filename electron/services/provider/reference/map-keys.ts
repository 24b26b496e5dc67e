import type { AccessKeyFacts, AccessKeysState, ApiKeyState, KeysOffer } from '../account-keys.ts';
import type { RemoteAccessKey, RemoteAccessKeys, RemoteApiKeyState } from './keys.remote.ts';
import { toFieldAccess } from './map-profile.ts';
import type { RemoteMeta } from './meta.remote.ts';

type Kind = 'apiKey' | 'accessKeys';

const notOffered: KeysOffer = { access: { kind: 'not-offered' }, offers: [] };
export const noApiKey = (url: string): ApiKeyState => ({ ...notOffered, url, key: null });
export const noAccessKeys: AccessKeysState = { ...notOffered, keys: [], limit: null };

/** A provider without such keys says nothing of them. */
export function hasKeys(meta: RemoteMeta, kind: Kind): boolean {
  const rule = meta.fields?.[kind]?.['key'];
  return rule !== undefined && rule.access !== 'not-offered';
}

export function toApiKeyState(
  meta: RemoteMeta,
  url: string,
  { style, canExpire, key }: RemoteApiKeyState,
): ApiKeyState {
  const how = style === 'replace' ? 'reveal' : 'name';
  return {
    access: toFieldAccess(meta.fields?.['apiKey']?.['key']),
    offers: canExpire ? [how, 'expiry'] : [how],
    url,
    key,
  };
}

export function toAccessKeysState(meta: RemoteMeta, { keys, limit, canExpire }: RemoteAccessKeys): AccessKeysState {
  return {
    access: toFieldAccess(meta.fields?.['accessKeys']?.['key']),
    offers: canExpire ? ['name', 'expiry'] : ['name'],
    keys: keys.map(toAccessKey),
    limit,
  };
}

export function toAccessKey({ etag, ...key }: RemoteAccessKey): AccessKeyFacts {
  return { ...key, revision: etag };
}
