import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id, instant, snapshotHead } from '../base.ts';
import { fieldAccessSchema } from './profile.ts';

const issuer = z.string().min(1).max(2_000);

/** Who can vouch for a person (OpenID Connect). */
export const identityProviderSchema = z.strictObject({ name: z.string().max(500), issuer });

/** An identity provider that an account of a person there can be linked from. */
const linkableProviderSchema = z.strictObject({
  /** What `link`, or `handOff.begin` where the service links on its own pages, names it by. */
  id: z.string().min(1).max(2_000),
  name: z.string().max(500),
});

/** A person at an identity provider, linked with the account (C3). */
export const linkedAccountSchema = z.strictObject({
  id: z.string().min(1).max(200),
  provider: z.string().max(2_000),
  /** E-mail, username or name there. */
  label: z.string().max(300),
  /** Null where the service does not tell. */
  addedAt: instant.nullable(),
  /** Null for never; left out where the service does not tell. */
  lastUsedAt: instant.nullable().optional(),
});

export const linkedAccountsSnapshotSchema = z.strictObject({
  ...snapshotHead,
  /**
   * To unlink, and to link where that is no hand-off; `not-offered` where this provider knows no identity providers. A
   * proof (E12) is needed beside it.
   */
  access: fieldAccessSchema,
  providers: z.array(linkableProviderSchema).max(50),
  /** In the order they were linked. */
  linkedAccounts: z.array(linkedAccountSchema).max(200),
});

/** A sign-in at an identity provider that is under way in the browser. */
export const identityAttemptSchema = z.strictObject({
  attempt: id,
  /** Name of the identity provider. */
  provider: z.string().max(500),
  expiresAt: instant,
  /** The page to open by hand where no browser could be opened from here; null where one was. */
  address: z.string().max(10_000).nullable(),
});

export type IdentityProvider = z.infer<typeof identityProviderSchema>;
export type LinkedAccount = z.infer<typeof linkedAccountSchema>;
export type LinkedAccountsSnapshot = z.infer<typeof linkedAccountsSnapshotSchema>;
export type IdentityAttempt = z.infer<typeof identityAttemptSchema>;

const under = z.strictObject({ attempt: id });

export const linkedAccounts = {
  get: call(accountInput, linkedAccountsSnapshotSchema),
  /**
   * Opens the identity provider in the system browser. Another attempt that is under way ends. Fails with `forbidden`:
   * permission; `server-fault`: identity-provider-down, identity-provider-fault.
   */
  link: call(
    z.strictObject({ accountId: id, providerId: linkableProviderSchema.shape.id }),
    identityAttemptSchema,
    guardedErrors,
  ),
  /**
   * Waits for the end of a `link`: up to five minutes. After reauth-required it may be asked again. Fails with
   * `cancelled`: declined-at-provider, sign-in-took-too-long; `untrusted-answer`: wrong-state, wrong-nonce, id-token-*;
   * `conflict`: identity-taken.
   */
  finishLink: call(under, linkedAccountsSnapshotSchema, [
    'invalid-request',
    'reauth-required',
    'forbidden',
    'conflict',
    'cancelled',
  ]),
  /** Of any attempt, also one to sign in. */
  openAgain: call(under, identityAttemptSchema),
  cancel: call(under, z.strictObject({})),
  /** Fails with `forbidden`: permission, or last-way-in. */
  unlink: call(
    z.strictObject({ accountId: id, linkedAccountId: z.string().min(1).max(200) }),
    linkedAccountsSnapshotSchema,
    guardedErrors,
  ),
  changed: event(linkedAccountsSnapshotSchema),
};
