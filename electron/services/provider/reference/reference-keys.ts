import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { AccountAccessKeys, AccountApiKey, AccountKeys, NewKey } from '../account-keys.ts';
import { explainProblem } from './explain-problem.ts';
import {
  remoteAccessKeySchema,
  remoteAccessKeysSchema,
  remoteApiKeyStateSchema,
  remoteMadeAccessKeySchema,
  remoteMadeApiKeySchema,
  remoteRevealedApiKeySchema,
} from './keys.remote.ts';
import { hasKeys, noAccessKeys, noApiKey, toAccessKey, toAccessKeysState, toApiKeyState } from './map-keys.ts';
import { remoteMetaSchema, type RemoteMeta } from './meta.remote.ts';
import type { SignedSender } from './signed-sender.ts';
import { toSegment } from './to-segment.ts';

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
