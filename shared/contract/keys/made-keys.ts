import * as z from 'zod';
import { madeKeyKinds } from '../../rules/made-keys.ts';
import { call } from '../../rpc/define.ts';
import { guardedErrors, id, text } from '../base.ts';
import { keyUsages, sshKeysSnapshotSchema } from './ssh-keys.ts';

const fileName = z.string().max(255);
const oneMade = z.strictObject({ madeId: id });

/** A key that was made here. Nothing of its private half. */
export const madeKeySchema = z.strictObject({
  madeId: id,
  /** SSH wire name, e.g. `ssh-ed25519`. */
  type: z.string().max(100),
  bits: z.number().int().nonnegative(),
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  sha256: z.string().max(60),
  comment: text,
  /** The path of its private half; its public half lies beside it as `.pub`. Null for the vault alone. */
  file: z.string().max(4_096).nullable(),
});
export type MadeKey = z.infer<typeof madeKeySchema>;

/**
 * Making a key pair (K10). The services hold it for 30 minutes, so that it can be given to several accounts and to the
 * agent, one after another; then, and at `discard`, it is wiped from memory. No call gives its private half to a
 * screen.
 */
export const madeKeys = {
  /**
   * What the form begins with. `comment` as `ssh-keygen` would write it: the person at this computer. `fileNames`: for
   * each kind the first name that is free in the folder.
   */
  defaults: call(
    z.strictObject({}),
    z.strictObject({
      comment: text,
      folder: z.string().max(4_096),
      fileNames: z.strictObject(
        Object.fromEntries(madeKeyKinds.map((kind) => [kind, fileName])) as Record<
          (typeof madeKeyKinds)[number],
          typeof fileName
        >,
      ),
    }),
  ),
  /**
   * With `file` it is written to the suggested folder, under a name that nothing has there; without, it is kept in the
   * vault once it is added to an account, and nowhere else. An empty passphrase leaves the file in the clear. Fails
   * with `invalid-request`: field `comment`, `fileName` (`duplicate`: a file has it), `passphrase`; `cancelled`, by
   * `cancel`.
   */
  make: call(
    z.strictObject({
      kind: z.enum(madeKeyKinds),
      comment: text,
      file: z.strictObject({ name: text, passphrase: text }).nullable(),
    }),
    madeKeySchema,
    ['invalid-request', 'cancelled'],
  ),
  /** Of what is being made nothing stays, here or in a file. */
  cancel: call(z.strictObject({}), z.strictObject({})),
  /**
   * Gives the public half to an account, with its comment for a title; and keeps the private half in the vault where it
   * is not in a file. Fails with `not-found`: the half hour is over.
   */
  add: call(z.strictObject({ madeId: id, accountId: id, usage: z.enum(keyUsages).optional() }), sshKeysSnapshotSchema, [
    ...guardedErrors,
    'invalid-request',
    'conflict',
  ]),
  /** Lends it to the SSH agent; `lifetime` in seconds, null until the agent ends. Fails with `not-found` as `add`. */
  lend: call(
    z.strictObject({ madeId: id, lifetime: z.number().int().min(1).max(4_294_967_295).nullable() }),
    z.strictObject({}),
    ['agent-unavailable'],
  ),
  /** Wipes what is held of it; a file, and what the vault and the agent have, stay. */
  discard: call(oneMade, z.strictObject({})),
};
