import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id, instant, text } from '../base.ts';
import { copiedSchema, keysSnapshot, keyTestSchema, keyTimes, savedSchema } from './keys.ts';

export const apiKeySchema = z.strictObject({
  /** Empty where keys have no name. */
  name: z.string().max(200),
  lastFour: z.string().max(4),
  ...keyTimes,
});

export const apiKeySnapshotSchema = z.strictObject({
  ...keysSnapshot,
  /** Null while there is none. */
  key: apiKeySchema.nullable(),
  /** Until when a key just made is held for Copy, Save and `resume`; null after Done. */
  pendingSecretUntil: instant.nullable(),
  /**
   * The key that is there now was made from here, but the answer that showed it got lost: nobody has it. Generate
   * again.
   */
  isLost: z.boolean(),
});

/** `newApiKey` is null if the answer that showed it got lost (`snapshot.isLost`). */
export const madeApiKeySchema = z.strictObject({
  snapshot: apiKeySnapshotSchema,
  newApiKey: z.string().max(500).nullable(),
});

export const exampleKinds = ['curl', 'node', 'python'] as const;
const exampleKind = z.enum(exampleKinds);
/** `text` holds the key masked, and is what the person copies but for that. */
export const exampleSchema = z.strictObject({ kind: exampleKind, text: z.string().max(2_000) });

export type ApiKey = z.infer<typeof apiKeySchema>;
export type ApiKeySnapshot = z.infer<typeof apiKeySnapshotSchema>;
export type MadeApiKey = z.infer<typeof madeApiKeySchema>;
export type ExampleKind = (typeof exampleKinds)[number];
export type Example = z.infer<typeof exampleSchema>;

/**
 * The one key of a person for programs. A just-made key stays held until `finish`, so that a closed window loses
 * nothing.
 */
export const apiKey = {
  /** From the provider with the cache behind it. */
  get: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), apiKeySnapshotSchema),
  /**
   * The old key is void at once. Two at once make one key. Fails with `forbidden`: permission; `invalid-request`: field
   * `name`, `expiresAt`; `key-store-unavailable`: none was made: a lost one could not be told.
   */
  generate: call(z.strictObject({ accountId: id, name: text, expiresAt: instant.nullable() }), madeApiKeySchema, [
    ...guardedErrors,
    'invalid-request',
  ]),
  /** A new key of the same name and lifetime; the old one is void at once. */
  rotate: call(accountInput, madeApiKeySchema, [...guardedErrors, 'invalid-request']),
  /** Calls made with it fail at once. */
  remove: call(accountInput, apiKeySnapshotSchema, guardedErrors),
  /** Where `offers` has `reveal`. */
  reveal: call(accountInput, z.strictObject({ apiKey: z.string().max(500) }), guardedErrors),
  /** The key that is held for this account, for a page that was loaded anew; null if none is. */
  resume: call(accountInput, z.strictObject({ newApiKey: z.string().max(500).nullable() })),
  /**
   * Puts the held key, or else the revealed one, on the clipboard; it does not cross here. Fails with `not-found`:
   * neither held nor to be shown again.
   */
  copy: call(accountInput, copiedSchema, [...guardedErrors, 'clipboard-unavailable']),
  /** Asks where to and writes it. */
  save: call(accountInput, savedSchema, guardedErrors),
  /** Done: the held key is forgotten here for good. */
  finish: call(accountInput, z.strictObject({})),
  /** A real call with the held or revealed key. */
  test: call(accountInput, keyTestSchema, guardedErrors),
  /** Programs that use the key, masked. */
  examples: call(accountInput, z.strictObject({ examples: z.array(exampleSchema).max(exampleKinds.length) }), [
    'not-offered',
  ]),
  /**
   * With the key filled in, as far as it is held or can be shown again; else with a placeholder, and `holdsKey` false.
   */
  copyExample: call(
    z.strictObject({ accountId: id, kind: exampleKind }),
    z.strictObject({ ...copiedSchema.shape, holdsKey: z.boolean() }),
    [...guardedErrors, 'clipboard-unavailable'],
  ),
  /** Kept here alone; null takes it away. Fails with `not-found`: no key. */
  setOwnEnd: call(z.strictObject({ accountId: id, ownEnd: instant.nullable() }), apiKeySnapshotSchema),
  changed: event(apiKeySnapshotSchema),
};
