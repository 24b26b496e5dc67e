import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { guardedErrors, id, snapshotHead, text } from '../base.ts';

const emailId = z.string().min(1).max(1_000);

/** What can be done with one address, where the operation of that name is known to the service at all. */
export const emailActs = ['remove', 'makePrimary', 'sendVerification'] as const;
export type EmailAct = (typeof emailActs)[number];

/** An e-mail address of an account that can have several (R5). */
export const emailSchema = z.strictObject({
  /** What the calls below, and `handOff.begin`, name it by. */
  id: emailId,
  email: z.string().max(1_000),
  /** The one that the service writes to. */
  isPrimary: z.boolean(),
  /** Its owner has opened the link of a mail that was sent there; null where the service does not tell. */
  isVerified: z.boolean().nullable(),
  acts: z.array(z.enum(emailActs)).max(emailActs.length),
});

export const emailsSnapshotSchema = z.strictObject({
  ...snapshotHead,
  /** Whether the service sends a mail with a link to an address that is added. */
  sendsMail: z.boolean(),
  /** The primary one first, then by address. */
  emails: z.array(emailSchema).max(5_000),
});

export type Email = z.infer<typeof emailSchema>;
export type EmailsSnapshot = z.infer<typeof emailsSnapshotSchema>;

const oneEmail = z.strictObject({ accountId: id, emailId });

/**
 * The addresses of an account where there can be several; each act is an operation (R1). Elsewhere the one address is a
 * field of the profile.
 */
export const emails = {
  /** Fails with `not-offered`: the service knows one address alone. */
  list: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), emailsSnapshotSchema, [
    'forbidden',
    'not-offered',
  ]),
  /** Fails with `invalid-request`: field `email` not-an-email, duplicate, taken; limit-reached. */
  add: call(z.strictObject({ accountId: id, email: text }), emailsSnapshotSchema, [
    ...guardedErrors,
    'invalid-request',
  ]),
  /** One that is gone already counts as removed. */
  remove: call(oneEmail, emailsSnapshotSchema, [...guardedErrors, 'invalid-request', 'conflict']),
  /** The address of the profile changes with it. */
  makePrimary: call(oneEmail, emailsSnapshotSchema, [...guardedErrors, 'invalid-request', 'conflict']),
  /** Sends the mail with the link that verifies it once more. */
  sendVerification: call(oneEmail, emailsSnapshotSchema, [...guardedErrors, 'invalid-request', 'conflict']),
  changed: event(emailsSnapshotSchema),
};
