import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id, instant, text } from '../base.ts';
import { copiedSchema, keysSnapshot, keyTestSchema, keyTimes, savedSchema } from './keys.ts';

const keyId = z.string().min(1).max(200);

export const accessKeySchema = z.strictObject({
  id: keyId,
  /** Empty if it was given none. */
  name: z.string().max(200),
  isActive: z.boolean(),
  /** This app is signed in with it: without it the person is signed out here. */
  isOwn: z.literal(true).optional(),
  ...keyTimes,
  /** Null if the provider does not say. */
  createdAt: instant.nullable(),
  /** What it may do, in the service's own words; empty where it does not say. */
  scopes: z.array(z.string().max(100)).max(100),
});

/**
 * What a program signs in with: an id and a secret, or a token alone. What the app can do with them, whoever may;
 * `rotate`: the service makes a new one in place of it, which is void at once.
 */
export const keyForms = ['pair', 'token'] as const;
export const keyActs = ['create', 'setActive', 'rotate', 'remove'] as const;
export type KeyForm = (typeof keyForms)[number];
export type AccessKeyAct = (typeof keyActs)[number];

export const accessKeysSnapshotSchema = z.strictObject({
  ...keysSnapshot,
  form: z.enum(keyForms),
  acts: z.array(z.enum(keyActs)).max(4),
  /** Newest first. */
  keys: z.array(accessKeySchema).max(1_000),
  /** How many there may be; null if the provider does not say. */
  limit: z.number().int().nonnegative().nullable(),
  /** The key just made whose secret is held for Copy, Save and `resume`; null after Done. */
  pendingSecret: z.strictObject({ keyId, until: instant }).nullable(),
  /** Made from here, but the answers that showed their secrets got lost: of no use to anybody. */
  lost: z.array(keyId).max(1_000),
});

/** A program signs in with both, or with the secret alone (`form`); `secretKey` is shown once. */
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
  /** From the provider with the cache behind it. */
  list: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), accessKeysSnapshotSchema, [
    'forbidden',
  ]),
  /**
   * Two at once make one key. Fails with `forbidden`: permission; `invalid-request`: field `name`, `expiresAt`, or
   * limit-reached; `key-store-unavailable`: none was made: a lost one could not be told.
   */
  create: call(z.strictObject({ accountId: id, name: text, expiresAt: instant.nullable() }), madeAccessKeySchema, [
    ...guardedErrors,
    'invalid-request',
  ]),
  /**
   * Makes a new one in place of this, which is void at once. One that the app itself is signed in with it goes on with.
   * Fails as `create`; with `conflict`: it is void already.
   */
  rotate: call(z.strictObject({ accountId: id, keyId, expiresAt: instant.nullable() }), madeAccessKeySchema, [
    ...guardedErrors,
    'invalid-request',
    'conflict',
  ]),
  /** The key that is held for this account, for a page that was loaded anew; null if none is. */
  resume: call(accountInput, z.strictObject({ newKey: newAccessKeySchema.nullable() })),
  /** Puts the held secret on the clipboard. Fails with `not-found`: not held any more. */
  copySecret: call(accountInput, copiedSchema, ['clipboard-unavailable']),
  /** Asks where to and writes id and secret. */
  save: call(accountInput, savedSchema),
  /** Done: the held secret is forgotten here for good. */
  finish: call(accountInput, z.strictObject({})),
  /** A stopped key and its tokens fail at once. */
  setActive: call(z.strictObject({ accountId: id, keyId, isActive: z.boolean() }), accessKeysSnapshotSchema, [
    ...guardedErrors,
    'conflict',
  ]),
  /** One that is gone already counts as deleted. */
  remove: call(oneKey, accessKeysSnapshotSchema, guardedErrors),
  /**
   * Trades the held secret for a token at the provider, and throws the token away. Fails with `not-found`: not held any
   * more.
   */
  test: call(accountInput, keyTestSchema),
  /** Kept here alone; null takes it away. */
  setOwnEnd: call(z.strictObject({ accountId: id, keyId, ownEnd: instant.nullable() }), accessKeysSnapshotSchema),
  changed: event(accessKeysSnapshotSchema),
};
