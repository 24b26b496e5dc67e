import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id, instant, snapshotHead } from '../base.ts';
import { madeAccessKeySchema } from './access-keys.ts';
import { madeApiKeySchema } from './api-key.ts';

/** Where the old key is in use, in the person's own words, and whether the new one is there already. */
export const rotationPlaceSchema = z.strictObject({ name: z.string().min(1).max(200), isSwitched: z.boolean() });
const places = z.array(rotationPlaceSchema).max(50);

/**
 * Exchange of a key without a gap (X2). With several keys: `test` → `switch` → `stopped`. With one, whose old one fails
 * at once: `prepare` → `test` → `switch`.
 */
export const rotationSchema = z.strictObject({
  accountId: id,
  kind: z.enum(['access-key', 'api-key']),
  step: z.enum(['prepare', 'test', 'switch', 'stopped']),
  /** Null for an API key. */
  oldKeyId: z.string().max(200).nullable(),
  newKeyId: z.string().max(200).nullable(),
  places,
  /** When the provider last accepted the new key. */
  testedAt: instant.nullable(),
  /** When the stopped old key is deleted; null if the person does that. */
  deleteAt: instant.nullable(),
});
export type Rotation = z.infer<typeof rotationSchema>;
export type RotationPlace = z.infer<typeof rotationPlaceSchema>;

/** The rotation lies on this computer alone, so its source is always `cache`. */
const state = z.strictObject({ ...snapshotHead, rotation: rotationSchema.nullable() });
export type RotationSnapshot = z.infer<typeof state>;

/**
 * At most one an account, kept sealed until it is over; conflict if another one, or another step, is under way.
 * `access-key`: the old key is deleted at `deleteAt`, or once a proof (E12) is fresh after that; not if it was turned
 * on again elsewhere (back to `switch`) or the new one works no more (`deleteAt` becomes null).
 */
export const rotation = {
  get: call(accountInput, state),
  /** Makes the new key beside the old one, shown once, held like any new one. Null if its answer got lost. */
  beginAccessKey: call(
    z.strictObject({ accountId: id, keyId: z.string().min(1).max(200) }),
    z.strictObject({ ...state.shape, made: madeAccessKeySchema }),
    [...guardedErrors, 'invalid-request', 'conflict'],
  ),
  /** An API key: the checklist comes first. Fails with `not-found`: no key. */
  beginApiKey: call(accountInput, state, ['not-offered', 'conflict']),
  /** The checklist. Fails with `not-found`: no rotation. */
  setPlaces: call(z.strictObject({ accountId: id, places }), state, ['conflict']),
  /** `prepare` → `test`: replaces the one API key. */
  renewApiKey: call(accountInput, z.strictObject({ ...state.shape, made: madeApiKeySchema }), [
    ...guardedErrors,
    'invalid-request',
    'conflict',
  ]),
  /**
   * `test` → `switch` if the provider accepts the new key. Fails with `unauthenticated`: key-refused; `not-found`: key
   * not held any more.
   */
  test: call(accountInput, state, ['conflict']),
  /**
   * `switch` → `stopped`: the old access key works no more. Fails with `invalid-request`: field `places`: not all are
   * switched; `unauthenticated`: key-refused: the new key works no more.
   */
  stopOld: call(z.strictObject({ accountId: id, deleteAt: instant.nullable() }), state, [
    ...guardedErrors,
    'invalid-request',
    'conflict',
  ]),
  /** `stopped` → `switch`: the old access key works again. */
  restartOld: call(accountInput, state, [...guardedErrors, 'conflict']),
  /** Ends it: the stopped old access key is deleted now. */
  deleteOld: call(accountInput, state, [...guardedErrors, 'conflict']),
  /** Ends it as it stands; no key is changed. */
  end: call(accountInput, state),
  changed: event(state),
};
