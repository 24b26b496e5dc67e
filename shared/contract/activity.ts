import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { errorCodes, errorReasons } from './errors.ts';
import { activityActs, activityAreas } from '../rules/activity-words.ts';
import { accountInput, id, instant } from './base.ts';

/** Characters of a value or name in an entry: longer ones are cut. */
export const maxActivityText = 300;
const shown = z.string().max(maxActivityText);

/** What every entry has. */
const common = {
  id,
  /** Of a change when it was seen, of an act when its answer came. */
  at: instant,
  area: z.enum(activityAreas),
  /** The name of what it is about; empty where there is none. */
  subject: shown,
  /** What tells it from others of that name: a fingerprint, an address; empty where there is nothing. */
  detail: shown,
};

/** Something the person did here. */
export const activityActSchema = z.strictObject({
  ...common,
  type: z.literal('act'),
  act: z.enum(activityActs),
  /** How many it was about. */
  count: z.int().min(1),
  /** `unclear`: its answer was lost, so it may have been done. `partly`: of several, some were refused. */
  outcome: z.enum(['done', 'partly', 'refused', 'unclear']),
  /** Why it was not done; null where it was. */
  refusal: z.strictObject({ code: z.enum(errorCodes), reason: z.enum(errorReasons).optional() }).nullable(),
});

/** Something that was other at one reading than at the reading before. */
export const activityChangeSchema = z.strictObject({
  ...common,
  type: z.literal('change'),
  change: z.enum(['added', 'removed', 'changed']),
  /** When the reading before was taken. */
  since: instant,
  /** What of it changed; of the profile a path, e.g. `contact.email`. Null where it came or went as a whole. */
  field: shown.nullable(),
  /** What the service calls the field, where this app has no word for it; null where it has. */
  label: shown.nullable(),
  /** Null where a value is not to be shown (a picture), or is none. */
  from: shown.nullable(),
  to: shown.nullable(),
  /**
   * By whom it can have been. `maybe-you`: a page of the service was opened from here, where it can be done. `time`: its
   * end had come. `elsewhere`: another device, an administrator, the service.
   */
  by: z.enum(['you', 'maybe-you', 'elsewhere', 'time']),
  /** When that page was opened, with `maybe-you`. */
  pageOpenedAt: instant.optional(),
});

export const activityEntrySchema = z.discriminatedUnion('type', [activityActSchema, activityChangeSchema]);
export type ActivityEntry = z.infer<typeof activityEntrySchema>;
export type ActivityChange = z.infer<typeof activityChangeSchema>;
export type ActivityActEntry = z.infer<typeof activityActSchema>;

export const maxActivityPage = 500;

/** Counts the entries of an account from its first one on; what is deleted leaves its numbers behind. */
const number = z.int().nonnegative();

export const activityFilterSchema = z.strictObject({
  area: z.enum(activityAreas).nullable(),
  /** Only what was not done here. */
  notByYou: z.boolean(),
  /** Words that an entry has to hold; in the words of the service, not of the screen. Empty for all. */
  search: z.string().max(200),
  /** Areas, acts and fields whose words on the screen hold what is searched for. */
  matchingAreas: z.array(z.enum(activityAreas)).max(activityAreas.length),
  matchingActs: z.array(z.enum(activityActs)).max(activityActs.length),
  matchingFields: z.array(shown).max(200),
});
export type ActivityFilter = z.infer<typeof activityFilterSchema>;

export const activityPageSchema = z.strictObject({
  accountId: id,
  /** Newest first. */
  entries: z.array(z.strictObject({ number, entry: activityEntrySchema })).max(maxActivityPage),
  /** To be given as `before` for what is older; null where there is nothing older. A page may be empty before that. */
  next: number.nullable(),
  /** All entries, by no filter. */
  total: number,
  /** Entries from this number on came after the person last looked. */
  seenUpTo: number,
  /** When the last comparison was; null before the first. */
  comparedAt: instant.nullable(),
});

export const activity = {
  list: call(
    z.strictObject({
      accountId: id,
      /** Only entries with a smaller number; null for the newest. */
      before: number.nullable(),
      limit: z.int().min(1).max(maxActivityPage),
      filter: activityFilterSchema,
    }),
    activityPageSchema,
  ),
  /** Reads all that is compared, so that the list is up to date. `isWhole` is false where some of it gave no answer. */
  look: call(accountInput, z.strictObject({ isWhole: z.boolean() })),
  /** What there is now is not new any more. */
  markSeen: call(accountInput, z.strictObject({})),
  /** Deletes all entries of the account for good. */
  clear: call(accountInput, z.strictObject({})),
  /** Asks where to and writes the entries of the account. `file` is null if the person cancelled. */
  exportEntries: call(
    z.strictObject({ accountId: id, format: z.enum(['csv', 'json']) }),
    z.strictObject({ file: z.string().max(4_096).nullable(), count: number }),
  ),
  /** There are more entries, or fewer. `newest` is the number that the next entry gets. */
  changed: event(z.strictObject({ accountId: id, newest: number })),
};
