import * as z from 'zod';
import { fieldPaths } from '../profile-fields.ts';
import { call, event } from '../rpc/define.ts';
import { accountInput, id, instant, nothing } from './base.ts';
import { fieldId, maxFields, maxValues } from './account/described-fields.ts';
import { thresholdSchema } from './account/profile.ts';

// What was typed into the profile and not sent (X5). Of the profile's own values alone, which are no secrets.

/** Of one account, as the services keep it: more is refused. A picture before and after, and every text, fit. */
export const maxDraftBytes = 786_432;

/** A picture too, and what is too long for its field: what was typed is kept as it is. */
const typed = z.string().max(500_000);

export const draftValueSchema = z.union([
  typed,
  z.boolean(),
  z.number(),
  z.array(typed).max(maxValues),
  /** Null while nothing is filled in. */
  z.array(thresholdSchema.extend({ percent: z.number().nullable() })).max(100),
  z.null(),
]);

export const draftPathSchema = z.union([z.enum(fieldPaths), z.templateLiteral(['more.', fieldId])]);

export const draftEditSchema = z.strictObject({
  path: draftPathSchema,
  /** The value that the person changed: where the service has another one by now, both are shown. */
  base: draftValueSchema,
  mine: draftValueSchema,
  /**
   * What the screen called the field, and what it showed for `mine`. There where only the service knows either: it may
   * have the field no more when the draft comes back.
   */
  shown: z.strictObject({ label: z.string().max(1_000), value: typed }).optional(),
});

const edits = z
  .array(draftEditSchema)
  .max(fieldPaths.length + maxFields)
  .refine((all) => new Set(all.map(({ path }) => path)).size === all.length, 'a field stands twice');

export const draftSchema = z.strictObject({
  /** In the order of typing; empty where there is no draft. */
  edits,
  /** When it was last changed; null where there is none. */
  savedAt: instant.nullable(),
});

/** Which accounts have one. */
export const draftsSnapshotSchema = z.strictObject({
  drafts: z.array(z.strictObject({ accountId: id, savedAt: instant })).max(100),
});

export type DraftEdit = z.infer<typeof draftEditSchema>;
export type KeptDraft = z.infer<typeof draftSchema>;
export type DraftsSnapshot = z.infer<typeof draftsSnapshotSchema>;

export const drafts = {
  list: call(nothing, draftsSnapshotSchema),
  /** Fails with `unauthenticated` for an account that its person has signed out of. */
  get: call(accountInput, draftSchema),
  /**
   * Keeps `edits` in the place of what was kept; none of a forgotten account. Fails with `invalid-request`:
   * request-too-large. What was kept stays then.
   */
  save: call(z.strictObject({ accountId: id, edits }), z.strictObject({}), ['invalid-request']),
  discard: call(accountInput, z.strictObject({})),
  changed: event(draftsSnapshotSchema),
  /** The app is about to be locked (X11) or to end: a page keeps what it holds now, and then calls `confirmKept`. */
  wanted: event(z.strictObject({})),
  /** Nothing is held back that can be kept. */
  confirmKept: call(nothing, z.strictObject({})),
};
