import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { appSnapshotSchema } from './app.ts';
import { nothing, text } from './base.ts';

// What opens what is kept on this computer (D3). How it is now stands in `storage` of the app's snapshot, with which
// each of these answers.

const passphrase = text;

const newPassphraseSchema = z.strictObject({ kind: z.literal('new'), text: passphrase, hint: text.nullable() });

export const protectionWishSchema = z.strictObject({
  /** The key store opens it; where there is a passphrase too, that is for the day the key store is lost. */
  keyStore: z.boolean(),
  passphrase: z.discriminatedUnion('kind', [
    newPassphraseSchema,
    z.strictObject({ kind: z.literal('keep') }),
    z.strictObject({ kind: z.literal('none') }),
  ]),
  /** The passphrase so far; null where there is none. */
  current: passphrase.nullable(),
});
export type ProtectionWish = z.infer<typeof protectionWishSchema>;

export const vault = {
  /**
   * Fails with `unauthenticated`: wrong-passphrase, `retryAfter` where the next try has to wait; `rate-limited`:
   * locked-out, it was not tried; `not-found`: no passphrase opens it.
   */
  unlock: call(z.strictObject({ passphrase }), appSnapshotSchema),
  /**
   * What is kept opens as is wished from now on. What was in memory alone is kept too. Fails with `invalid-request`:
   * fields `passphrase`, `hint`; `key-store-unavailable`; as `unlock`, about `current`. Nothing has changed then.
   */
  protect: call(protectionWishSchema, appSnapshotSchema, ['invalid-request']),
  /**
   * Locks the app (X11): all that runs is ended, what is in memory of accounts is dropped, and the passphrase is asked
   * for, past a restart too. Whoever shows something then hears `locked`. Fails with `not-offered` where there is no
   * passphrase.
   */
  lock: call(nothing, z.strictObject({}), ['not-offered']),
  /** What a page shows is of nobody any more: it begins anew. */
  locked: event(z.strictObject({})),
  /** Nothing is kept after this run: the person knows, and is not asked again in it. */
  keepNothing: call(nothing, appSnapshotSchema),
  /**
   * Goes on without what does not open. Its files stay in the data folder under other names. Fails with `not-found`
   * where nothing is locked.
   */
  giveUp: call(nothing, appSnapshotSchema),
};
