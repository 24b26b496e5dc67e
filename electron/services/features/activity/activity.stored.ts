import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';
import { activityActs, activityAreas } from '../../../../shared/rules/activity-words.ts';
import { errorCodes, errorReasons } from '../../../../shared/contract/errors.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.
// A word of the closed lists stays in them as long as a file may hold it.

const text = z.string();
const instant = z.iso.datetime();
const area = z.enum(activityAreas);
const common = { id: text, at: instant, area, subject: text, detail: text };

const act = z.strictObject({
  ...common,
  type: z.literal('act'),
  act: z.enum(activityActs),
  count: z.int(),
  outcome: z.enum(['done', 'partly', 'refused', 'unclear']),
  refusal: z.strictObject({ code: z.enum(errorCodes), reason: z.enum(errorReasons).optional() }).nullable(),
});

const change = z.strictObject({
  ...common,
  type: z.literal('change'),
  change: z.enum(['added', 'removed', 'changed']),
  since: instant,
  field: text.nullable(),
  label: text.nullable(),
  from: text.nullable(),
  to: text.nullable(),
  by: z.enum(['you', 'maybe-you', 'elsewhere', 'time']),
  pageOpenedAt: instant.optional(),
});

const entries = z.array(z.discriminatedUnion('type', [act, change]));
const count = z.int().nonnegative();

/** Entries that come no more; `first` is the number of the first of them, so that a lost head can be made anew. */
const storedSegmentSchema = z.strictObject({ version: z.literal(1), first: count, entries });

/** Of the first slot; the others are named by their numbers. */
export const activitySegmentSpec = {
  prefix: 'activity-0',
  what: 'activity',
  version: 1,
  schema: storedSegmentSchema,
} satisfies AccountDocumentsSpec<typeof storedSegmentSchema>;

/** Slots that are no part of the log, though something may lie there: laid ready by an import, or replaced by it. */
const storedAsideSchema = z.strictObject({ version: z.literal(1), slots: z.array(count) });

export const activityAsideSpec = {
  prefix: 'activity-aside',
  what: 'activity',
  version: 1,
  schema: storedAsideSchema,
} satisfies AccountDocumentsSpec<typeof storedAsideSchema>;

const item = z.strictObject({
  id: text,
  subject: text,
  detail: text,
  /** Pairs, because a name may be the provider's: as a key it could be `__proto__`. */
  facts: z.array(z.tuple([text, text.nullable()])),
  labels: z.array(z.tuple([text, text])).optional(),
  endsAt: instant.optional(),
  isOwn: z.literal(true).optional(),
});

const reading = z.strictObject({ area, takenAt: instant, scope: text, items: z.array(item) });

const expectation = z.strictObject({
  area,
  change: z.enum(['added', 'removed', 'changed']).optional(),
  ids: z.array(text).optional(),
  isNoted: z.boolean(),
  pageOpenedAt: instant.optional(),
  /** Milliseconds since the epoch. */
  until: z.number(),
});

const storedHeadSchema = z.strictObject({
  version: z.literal(1),
  segments: z.array(z.strictObject({ slot: count, first: count, count })),
  /** The newest entries, until they fill a segment; the number of the first of them. */
  first: count,
  newest: entries,
  seenUpTo: count,
  readings: z.array(reading),
  expected: z.array(expectation),
});

export const activitySpec = {
  prefix: 'activity',
  what: 'activity',
  version: 1,
  schema: storedHeadSchema,
} satisfies AccountDocumentsSpec<typeof storedHeadSchema>;

export type StoredHead = z.infer<typeof storedHeadSchema>;
