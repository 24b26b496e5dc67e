import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { providerKinds } from '../../rules/provider-kinds.ts';
import { id, instant, nothing, picture, typedAddress } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';
import { identityProviderSchema } from './linked-accounts.ts';

export const providerKindSchema = z.enum(providerKinds);

/** Where a person signs in: the reference API inside the app, or a base URL as typed. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('embedded') }),
  z.strictObject({ kind: z.literal('address'), address: typedAddress }),
]);

export const connectionStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('signed-out'), sessionEnded: z.boolean() }),
  /** The last request was answered. */
  z.strictObject({ kind: z.literal('online'), since: instant }),
  /** The last request failed for the network's or the provider's sake; `cause` says how. */
  z.strictObject({ kind: z.literal('offline'), since: instant, cause: errorShapeSchema }),
  /** Nothing was heard of the provider in this run yet. */
  z.strictObject({ kind: z.literal('connecting') }),
]);

export const accountSchema = z.strictObject({
  id,
  kind: providerKindSchema,
  /** Base URL; null for the embedded one, whose port changes at each start. */
  address: z.string().max(2_000).nullable(),
  /** The provider's own name, e.g. "Control account". */
  providerName: z.string().max(200),
  person: z.strictObject({
    name: z.string().max(500),
    email: z.string().max(500),
    avatar: picture.nullable(),
  }),
  state: connectionStateSchema,
  /** A token that its person pasted stands for them: theirs, it outlasts the sign-out unless that deletes it (R2). */
  isPasted: z.boolean(),
  /** When that token ends (X3); null where it has no end, or the service does not say. */
  tokenEndsAt: instant.nullable(),
  /** Its deletion was sent and the answer lost (E10): if its session is over now, the account may be gone. */
  mayBeDeleted: z.boolean(),
  /** Whether its provider tells of its own calls (E13, X9). */
  describesApi: z.boolean(),
});

/** On one computer. */
export const maxAccounts = 100;

export const accountsSnapshotSchema = z.strictObject({
  /** In the order they were made. */
  accounts: z.array(accountSchema).max(maxAccounts),
  currentId: id.nullable(),
});

/**
 * How a person gets into an account (R2): a password typed here, a page of the service in the browser, or a token that
 * the person made there and pastes, or a code that is typed there.
 */
export const wayInNameSchema = z.enum(['password', 'browser', 'token', 'device']);

/**
 * What a key is pasted together with, where it does not say by itself whose it is: the e-mail address of the person,
 * the name that they or their account have there, or the id of the key.
 */
export const pastedNameSchema = z.enum(['email', 'account', 'key-id']);

/** What answers at an address, as it says itself before anybody signs in. */
export const providerDescriptionSchema = z.strictObject({
  /** The one to sign in at: what was typed may have been a page of the service. */
  address: z.string().max(2_000),
  kind: providerKindSchema,
  name: z.string().max(200),
  /** Null if it does not say. */
  version: z.string().max(100).nullable(),
  ways: z.array(wayInNameSchema).max(5),
  /** Where a token to paste is made, and with which scopes; null where none is taken. */
  pasting: z
    .strictObject({
      page: z.string().max(2_000),
      scopes: z.array(z.string().max(200)).max(20),
      name: pastedNameSchema.optional(),
    })
    .nullable(),
  /** Of this app there, as another account here has it; null if there is none, so the person is asked for it. */
  clientId: z.string().max(500).nullable(),
  /** Whose linked identities can sign in there (C3). */
  identityProviders: z.array(identityProviderSchema).max(50),
  /**
   * The demo account of the embedded reference API (D7): made at first start, different on each computer. `password` is
   * null once the person has chosen another: that one is theirs, and is not kept to be shown.
   */
  demo: z.strictObject({ identifier: z.string().max(500), password: z.string().max(200).nullable() }).nullable(),
});

export type Target = z.infer<typeof targetSchema>;
export type ConnectionState = z.infer<typeof connectionStateSchema>;
export type Account = z.infer<typeof accountSchema>;
export type AccountsSnapshot = z.infer<typeof accountsSnapshotSchema>;
export type ProviderDescription = z.infer<typeof providerDescriptionSchema>;
export type WayInName = z.infer<typeof wayInNameSchema>;
export type PastedName = z.infer<typeof pastedNameSchema>;
export type ProviderKind = z.infer<typeof providerKindSchema>;

export const accounts = {
  list: call(nothing, accountsSnapshotSchema),
  /** Asks the provider who it is. Fails with `invalid-request`: address. */
  inspect: call(targetSchema, providerDescriptionSchema, ['invalid-request', 'not-offered', 'cancelled']),
  select: call(z.strictObject({ id }), accountsSnapshotSchema),
  /** Tries the provider again now; resolves with the state found, also when that is `offline`. */
  check: call(z.strictObject({ id }), accountSchema),
  /**
   * Somebody looks at the app: said when its window gets the focus, and once a minute while it has it. The services
   * decide whether to ask the provider of the current account if it is still there; what they find comes as
   * `changed`.
   */
  look: call(nothing, z.strictObject({})),
  changed: event(accountsSnapshotSchema),
};
