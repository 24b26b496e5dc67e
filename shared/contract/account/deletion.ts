import * as z from 'zod';
import { call } from '../../rpc/define.ts';
import { accountInput, guardedErrors, id } from '../base.ts';

/** The least length of an export's passphrase, characters (code points). */
export const minExportPassphrase = 12;

export const deletionSchema = z.strictObject({
  accountId: id,
  /** Why the account cannot be deleted; null if it can. */
  refusal: z.enum(['last-owner', 'other']).nullable(),
  /** What goes for good. */
  deletes: z
    .array(
      z.enum([
        'profile',
        'contact',
        'avatar',
        'sessions',
        'mfa',
        'recovery-codes',
        'notifications',
        'api-key',
        'access-keys',
        'identities',
        'applications',
        'identity-keys',
        'other',
      ]),
    )
    .max(50),
  /** What the provider keeps. */
  keeps: z.array(z.enum(['company-data', 'sent-mails', 'other'])).max(50),
});
export type Deletion = z.infer<typeof deletionSchema>;

/** What only this computer holds of an account: it goes with the account, and nobody can give it back. */
export const localDataSchema = z.strictObject({
  /** Private halves of SSH keys in the vault (K5). */
  sshKeys: z.number().int().nonnegative(),
  /** Sessions that the person named (X10). */
  sessionNames: z.number().int().nonnegative(),
  /** Fields of the profile with changes that were not sent (X5). */
  draftFields: z.number().int().nonnegative(),
  /** Entries of activity (X4). */
  activityEntries: z.number().int().nonnegative(),
});

export type LocalData = z.infer<typeof localDataSchema>;

/** The parts of an export, named as in its file. */
export const exportParts = [
  'profile',
  'emails',
  'sessions',
  'mfa',
  'apiKey',
  'accessKeys',
  'linkedAccounts',
  'applications',
  'sshKeys',
] as const;
export type ExportPart = (typeof exportParts)[number];

export const deletion = {
  get: call(accountInput, deletionSchema, ['not-offered']),
  /**
   * To be named before the account is deleted or removed from here.
   */
  localData: call(accountInput, localDataSchema),
  /**
   * Asks where to and writes everything held for the account, encrypted under the passphrase; secrets are not among it.
   * `file` is null if the person cancelled. `missing`: what the provider has and did not give, so that it is not in the
   * file. Fails with `invalid-request`: field `passphrase`.
   */
  exportData: call(
    z.strictObject({ accountId: id, passphrase: z.string().min(1).max(1_000) }),
    z.strictObject({ file: z.string().max(4_096).nullable(), missing: z.array(z.enum(exportParts)) }),
    ['invalid-request'],
  ),
  /**
   * Deletes the account at its provider for good, and then everything kept of it on this computer. Fails with
   * `invalid-request`: field `email` is not the account's; `forbidden`: last-owner. Nothing is deleted here then.
   */
  remove: call(z.strictObject({ accountId: id, email: z.string().max(1_000) }), z.strictObject({}), [
    ...guardedErrors,
    'invalid-request',
  ]),
};
