import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, id, instant, text } from '../base.ts';
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
  /** From the provider with the cache behind it. Errors: those of the provider, and not-found, if it was never seen. */
  get: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), apiKeySnapshotSchema),
  /**
   * The old key is void at once. Two at once make one key. Errors: reauth-required, forbidden (permission),
   * not-offered, invalid-request (`name`, `expiresAt`), offline; storage-fault, key-store-unavailable (none was made: a
   * lost one could not be told).
   */
  generate: call(z.strictObject({ accountId: id, name: text, expiresAt: instant.nullable() }), madeApiKeySchema),
  /** A new key of the same name and lifetime; the old one is void at once. Errors: as generate, and not-found. */
  rotate: call(accountInput, madeApiKeySchema),
  /** Calls made with it fail at once. Errors: reauth-required, forbidden, not-found. */
  remove: call(accountInput, apiKeySnapshotSchema),
  /** Where `offers` has `reveal`. Errors: reauth-required, forbidden, not-found, not-offered. */
  reveal: call(accountInput, z.strictObject({ apiKey: z.string().max(500) })),
  /** The key that is held for this account, for a page that was loaded anew; null if none is. */
  resume: call(accountInput, z.strictObject({ newApiKey: z.string().max(500).nullable() })),
  /**
   * Puts the held key, or else the revealed one, on the clipboard; it does not cross here.
   * Errors: clipboard-unavailable, not-found (neither held nor to be shown again), those of reveal.
   */
  copy: call(accountInput, copiedSchema),
  /** Asks where to and writes it. Errors: storage-fault, not-found, those of reveal. */
  save: call(accountInput, savedSchema),
  /** Done: the held key is forgotten here for good. */
  finish: call(accountInput, z.strictObject({})),
  /** A real call with the held or revealed key. Errors: as copy, and offline. */
  test: call(accountInput, keyTestSchema),
  /** Programs that use the key, masked. Errors: not-offered. */
  examples: call(accountInput, z.strictObject({ examples: z.array(exampleSchema).max(exampleKinds.length) })),
  /**
   * With the key filled in, as far as it is held or can be shown again; else with a placeholder, and `holdsKey` false.
   */
  copyExample: call(
    z.strictObject({ accountId: id, kind: exampleKind }),
    z.strictObject({ ...copiedSchema.shape, holdsKey: z.boolean() }),
  ),
  /** Kept here alone; null takes it away. Errors: not-found (no key). */
  setOwnEnd: call(z.strictObject({ accountId: id, ownEnd: instant.nullable() }), apiKeySnapshotSchema),
  changed: event(apiKeySnapshotSchema),
};
