import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { guardedErrors, id, instant, snapshotHead } from './base.ts';

const applicationId = z.string().min(1).max(300);

/** A program or site of others that has access to the account, or is signed in to it (R4). */
export const applicationSchema = z.strictObject({
  id: applicationId,
  name: z.string().max(300),
  /** Empty where it says nothing of itself. */
  description: z.string().max(1_000),
  /** Host of its own page: to be read, never opened. Null where it has none. */
  site: z.string().max(300).nullable(),
  /** What it may see or do, in the service's words; empty where that is not told. */
  grants: z.array(z.string().max(300)).max(100),
  /** Null where nobody was asked, or the service does not tell. */
  grantedAt: instant.nullable(),
  /** Signed in to the account now; null where the service does not tell. */
  isInUse: z.boolean().nullable(),
  /** Has access also while nobody is signed in there; null where the service does not tell. */
  hasOfflineAccess: z.boolean().nullable(),
  /** It is Profile Desk itself: its sign-out ends that. */
  isThisApp: z.boolean(),
  /** There is something to take back: else it ends with its sessions. */
  canWithdraw: z.boolean(),
});

export const applicationsSnapshotSchema = z.strictObject({
  ...snapshotHead,
  /** What can be withdrawn first, then by name. */
  applications: z.array(applicationSchema).max(1_000),
});

export type Application = z.infer<typeof applicationSchema>;
export type ApplicationsSnapshot = z.infer<typeof applicationsSnapshotSchema>;

export const applications = {
  list: call(
    z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }),
    applicationsSnapshotSchema,
    guardedErrors,
  ),
  /** Takes back what was granted; its sessions end. Of one that has nothing any more it does nothing. */
  withdraw: call(z.strictObject({ accountId: id, applicationId }), applicationsSnapshotSchema, guardedErrors),
  changed: event(applicationsSnapshotSchema),
};
