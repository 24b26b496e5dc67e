import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type {
  AccessKeyFacts,
  AccessKeysState,
  ApiKeyState,
  KeysOffer,
  AccountAccessKeys,
  AccountApiKey,
  AccountKeys,
  NewKey,
} from '../account-keys.ts';
import { type SignedSender, toSegment } from '../signed-sender.ts';
import { remoteMetaSchema, toFieldAccess, type RemoteMeta } from './meta.ts';
import { explainProblem } from './problem.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const name = z.string().max(200).transform(cleanText);
/** Goes into a header, into files and onto the screen: nothing but visible ASCII. */
const secret = z.string().regex(/^[\x21-\x7e]{8,500}$/);
const times = { createdAt: instant, lastUsedAt: instant.nullable(), expiresAt: instant.nullable() };

const remoteApiKeySchema = z.object({ name, lastFour: z.string().regex(/^[\x21-\x7e]{1,4}$/), ...times });

const remoteApiKeyStateSchema = z.object({
  /** A style that we do not know counts as one that shows a key once. */
  style: z.string().max(40),
  canExpire: z.boolean(),
  key: remoteApiKeySchema.nullable(),
});
const remoteMadeApiKeySchema = z.object({ secret, key: remoteApiKeySchema });
const remoteRevealedApiKeySchema = z.object({ secret });

const remoteAccessKeySchema = z.object({
  id: z.string().min(1).max(200),
  name,
  isActive: z.boolean(),
  ...times,
  /** Goes back in a header (RFC 9110, section 8.8.3). */
  etag: z
    .string()
    .max(200)
    .regex(/^(?:W\/)?"[\x21\x23-\x7e]*"$/),
});

const remoteAccessKeysSchema = z.object({
  keys: z
    .array(remoteAccessKeySchema)
    .max(1_000)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice'),
  limit: z.int().nonnegative(),
  canExpire: z.boolean(),
});
const remoteMadeAccessKeySchema = z.object({ secret, key: remoteAccessKeySchema });

type RemoteApiKeyState = z.infer<typeof remoteApiKeyStateSchema>;
type RemoteAccessKey = z.infer<typeof remoteAccessKeySchema>;
type RemoteAccessKeys = z.infer<typeof remoteAccessKeysSchema>;

type Kind = 'apiKey' | 'accessKeys';

const notOffered: KeysOffer = { access: { kind: 'not-offered' }, offers: [] };
const noApiKey = (url: string): ApiKeyState => ({ ...notOffered, url, key: null });
const noAccessKeys: AccessKeysState = { ...notOffered, keys: [], limit: null };

/** A provider without such keys says nothing of them. */
function hasKeys(meta: RemoteMeta, kind: Kind): boolean {
  const rule = meta.fields?.[kind]?.['key'];
  return rule !== undefined && rule.access !== 'not-offered';
}

function toApiKeyState(meta: RemoteMeta, url: string, { style, canExpire, key }: RemoteApiKeyState): ApiKeyState {
  const how = style === 'replace' ? 'reveal' : 'name';
  return {
    access: toFieldAccess(meta.fields?.['apiKey']?.['key']),
    offers: canExpire ? [how, 'expiry'] : [how],
    url,
    key,
  };
}

function toAccessKeysState(meta: RemoteMeta, { keys, limit, canExpire }: RemoteAccessKeys): AccessKeysState {
  return {
    access: toFieldAccess(meta.fields?.['accessKeys']?.['key']),
    offers: canExpire ? ['name', 'expiry'] : ['name'],
    keys: keys.map(toAccessKey),
    limit,
  };
}

function toAccessKey({ etag, ...key }: RemoteAccessKey): AccessKeyFacts {
  return { ...key, revision: etag };
}

const apiKey = '/me/api-key';
const accessKeys = '/me/access-keys';
const nothing = z.unknown();

/** Keys for programs. Made under an Idempotency-Key: sent twice, the second time is refused as a conflict. */
export function createReferenceKeys(send: SignedSender, http: HttpClient, address: string): AccountKeys {
  const readMeta = async () => (await send({ method: 'GET', path: '/meta', schema: remoteMetaSchema })).body;
  return { ...apiKeyPart(send, readMeta, http, address), ...accessKeyPart(send, readMeta, http, address) };
}

type ReadMeta = () => Promise<RemoteMeta>;
const once = () => ({ 'Idempotency-Key': randomUUID() });

function apiKeyPart(send: SignedSender, readMeta: ReadMeta, http: HttpClient, address: string): AccountApiKey {
  const url = `${address}/me`;
  return {
    async apiKeyState() {
      const meta = await readMeta();
      const none = noApiKey(url);
      if (!hasKeys(meta, 'apiKey')) return none;
      // It may end between the two requests.
      return unlessGone(
        async () =>
          toApiKeyState(meta, url, (await send({ method: 'GET', path: apiKey, schema: remoteApiKeyStateSchema })).body),
        none,
      );
    },
    async makeApiKey({ name, expiresAt }) {
      const body = { ...(name !== '' && { name }), expiresAt };
      return (await send({ method: 'POST', path: apiKey, headers: once(), body, schema: remoteMadeApiKeySchema })).body;
    },
    async rotateApiKey() {
      return (await send({ method: 'POST', path: `${apiKey}/rotate`, headers: once(), schema: remoteMadeApiKeySchema }))
        .body;
    },
    async revealApiKey() {
      return (await send({ method: 'POST', path: `${apiKey}/reveal`, schema: remoteRevealedApiKeySchema })).body.secret;
    },
    async removeApiKey() {
      await send({ method: 'DELETE', path: apiKey, schema: nothing });
    },
    tryApiKey: (key) =>
      isAccepted(() =>
        http.send({
          method: 'GET',
          url,
          headers: { Authorization: `Bearer ${key}` },
          schema: nothing,
          explain: explainProblem,
        }),
      ),
  };
}

function accessKeyPart(send: SignedSender, readMeta: ReadMeta, http: HttpClient, address: string): AccountAccessKeys {
  const pathOf = (id: string) => `${accessKeys}/${toSegment(id)}`;
  return {
    async accessKeysState() {
      const meta = await readMeta();
      if (!hasKeys(meta, 'accessKeys')) return noAccessKeys;
      return unlessGone(
        async () =>
          toAccessKeysState(
            meta,
            (await send({ method: 'GET', path: accessKeys, schema: remoteAccessKeysSchema })).body,
          ),
        noAccessKeys,
      );
    },
    async makeAccessKey({ name, expiresAt }: NewKey) {
      const { body } = await send({
        method: 'POST',
        path: accessKeys,
        headers: once(),
        body: { name, expiresAt },
        schema: remoteMadeAccessKeySchema,
      });
      return { secret: body.secret, key: toAccessKey(body.key) };
    },
    // Made beside the old one and switched over step by step (X2).
    rotateAccessKey: () => Promise.reject(new AppError('not-offered')),
    async setAccessKeyActive(id, isActive, revision) {
      const headers = { 'If-Match': revision, 'Content-Type': 'application/merge-patch+json' };
      return toAccessKey(
        (await send({ method: 'PATCH', path: pathOf(id), headers, body: { isActive }, schema: remoteAccessKeySchema }))
          .body,
      );
    },
    async removeAccessKey(id) {
      await send({ method: 'DELETE', path: pathOf(id), schema: nothing });
    },
    tryAccessKey: (id, secret) =>
      isAccepted(() => http.send({ ...tokenRequest(address, id, secret), schema: nothing, explain: explainProblem })),
  };
}

/** RFC 6749, section 4.3.2: a form, not JSON. */
function tokenRequest(address: string, id: string, secret: string) {
  const body = new URLSearchParams({ grant_type: 'password', username: id, password: secret }).toString();
  return {
    method: 'POST',
    url: `${address}/auth/token`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  } as const;
}

async function isAccepted(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return false;
    throw error;
  }
}

async function unlessGone<T>(read: () => Promise<T>, gone: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && (error.code === 'not-offered' || error.code === 'not-found')) return gone;
    throw error;
  }
}
