import * as z from 'zod';
import { call } from '../../rpc/define.ts';
import { id, instant } from '../base.ts';
import { operations } from './operations.ts';

/** A page of the service that is open in the browser for one operation. */
export const handOffAttemptSchema = z.strictObject({
  attempt: id,
  /** Whose page it is: host, and port where it has one. */
  page: z.string().max(300),
  /** Whether the browser is sent back: then `finish` ends by itself. */
  comesBack: z.boolean(),
  expiresAt: instant,
  /** The page to open by hand where no browser could be opened from here; null where one was. */
  address: z.string().max(10_000).nullable(),
  /** The change may count only once a link of a mail was opened: until then nothing comes back, and it is `unknown`. */
  mayWaitForMail: z.literal(true).optional(),
  /** The service tells no program what becomes of it: nothing is to be seen here when it is done. */
  isUntold: z.literal(true).optional(),
});

/**
 * What became of it, by what the service says afterwards: what the browser's address claims is never believed alone.
 * `not-shown`: the service did not show the page, for want of a permission or because it does not do that any more.
 * `unknown`: nothing is seen to have changed.
 */
export const handOffOutcomeSchema = z.strictObject({ outcome: z.enum(['done', 'cancelled', 'not-shown', 'unknown']) });

export type HandOffAttempt = z.infer<typeof handOffAttemptSchema>;
export type HandOffOutcome = z.infer<typeof handOffOutcomeSchema>['outcome'];

const under = z.strictObject({ attempt: id });

/** Reading what the page is there to change can be refused. */
const ofReading = ['forbidden', 'not-offered'] as const;

export const handOff = {
  /**
   * Opens the service's own page for an operation whose access is `hand-off` (R1). Another one that is open is called
   * off. Fails with `untrusted-answer`: page-elsewhere.
   */
  begin: call(
    z.strictObject({
      accountId: id,
      operation: z.enum(operations),
      /**
       * Which one, where there are several: the id of the device or passkey to remove, or of the identity provider to
       * link. Fails with `not-found` where it is missing, or not there.
       */
      of: z.string().min(1).max(2_000).optional(),
    }),
    handOffAttemptSchema,
    ofReading,
  ),
  openAgain: call(under, handOffAttemptSchema),
  /** Looks now, for a person who says that they are done: `done` ends the attempt, `unknown` leaves it open. */
  check: call(under, handOffOutcomeSchema, ofReading),
  /** Waits for its end, a quarter of an hour at most. Fails with `conflict`: another-person. */
  finish: call(under, handOffOutcomeSchema, ['conflict']),
  /** What was done on the page stays done. */
  cancel: call(under, z.strictObject({})),
};
