import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, id, instant, text } from '../base.ts';
import { copiedSchema, keysSnapshot, keyTestSchema, keyTimes, savedSchema } from './keys.ts';

const keyId = z.string().min(1).max(200);

export const accessKeySchema = z.strictObject({
  id: keyId,
  /** Empty if it was given none. */
  name: z.string().max(200),
  isActive: z.boolean(),
  ...keyTimes,
});

export const accessKeysSnapshotSchema = z.strictObject({
  ...keysSnapshot,
  /** Newest first. */
  keys: z.array(accessKeySchema).max(1_000),
  /** How many there may be; null if the provider does not say. */
  limit: z.number().int().nonnegative().nullable(),
  /** The key just made whose secret is held for Copy, Save and `resume`; null after Done. */
  pendingSecret: z.strictObject({ keyId, until: instant }).nullable(),
  /** Made from here, but the answers that showed their secrets got lost: of no use to anybody. */
  lost: z.array(keyId).max(1_000),
});

/** A program signs in with both; `secretKey` is shown once. */
export const newAccessKeySchema = z.strictObject({ keyId, secretKey: z.string().max(500) });

/** `newKey` is null if the answer that showed it got lost (`snapshot.lost`). */
export const madeAccessKeySchema = z.strictObject({
  snapshot: accessKeysSnapshotSchema,
  newKey: newAccessKeySchema.nullable(),
});

export type AccessKey = z.infer<typeof accessKeySchema>;
export type AccessKeysSnapshot = z.infer<typeof accessKeysSnapshotSchema>;
export type NewAccessKey = z.infer<typeof newAccessKeySchema>;
export type MadeAccessKey = z.infer<typeof madeAccessKeySchema>;

const oneKey = z.strictObject({ accountId: id, keyId });

/** Several keys of a person for programs, each an id with a secret. One just made stays held until `finish`. */
export const accessKeys = {
  /** From the provider with the cache behind it. Errors: those of the provider, and not-found, if it was never seen. */
  list: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), accessKeysSnapshotSchema),
  /**
   * Two at once make one key. Errors: reauth-required, forbidden (permission), not-offered, invalid-request (`name`,
   * `expiresAt`, or limit-reached), offline; storage-fault, key-store-unavailable (none was made: a lost one could not
   * be told).
   */
  create: call(z.strictObject({ accountId: id, name: text, expiresAt: instant.nullable() }), madeAccessKeySchema),
  /** The key that is held for this account, for a page that was loaded anew; null if none is. */
  resume: call(accountInput, z.strictObject({ newKey: newAccessKeySchema.nullable() })),
  /** Puts the held secret on the clipboard. Errors: clipboard-unavailable, not-found (not held any more). */
  copySecret: call(accountInput, copiedSchema),
  /** Asks where to and writes id and secret. Errors: storage-fault, not-found. */
  save: call(accountInput, savedSchema),
  /** Done: the held secret is forgotten here for good. */
  finish: call(accountInput, z.strictObject({})),
  /** A stopped key and its tokens fail at once. Errors: reauth-required, not-found, conflict. */
  setActive: call(z.strictObject({ accountId: id, keyId, isActive: z.boolean() }), accessKeysSnapshotSchema),
  /** One that is gone already counts as deleted. Errors: reauth-required. */
  remove: call(oneKey, accessKeysSnapshotSchema),
  /**
   * Trades the held secret for a token at the provider, and throws the token away. Errors: not-found (not held any
   * more), offline.
   */
  test: call(accountInput, keyTestSchema),
  /** Kept here alone; null takes it away. Errors: not-found. */
  setOwnEnd: call(z.strictObject({ accountId: id, keyId, ownEnd: instant.nullable() }), accessKeysSnapshotSchema),
  changed: event(accessKeysSnapshotSchema),
};
