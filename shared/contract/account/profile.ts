import * as z from 'zod';
import { fillFields, mapFields, profileFields } from '../../profile-fields.ts';
import { call, event } from '../../rpc/define.ts';
import { id, instant, picture, snapshotHead, text } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';
import { operations } from './operations.ts';

export const thresholdSchema = z.strictObject({
  /** Of the quota; whole and from 1 to 100 where the provider took it. */
  percent: z.number(),
  byMail: z.boolean(),
});

/** What the contract lets a value be; the fields are those of `profileFields`. */
const types = {
  text,
  number: z.number(),
  boolean: z.boolean(),
  thresholds: z.array(thresholdSchema).max(100),
  picture: picture.nullable(),
  instant: instant.nullable(),
};

export const userSchema = z.strictObject(mapFields(profileFields.user, types));
export const contactSchema = z.strictObject(mapFields(profileFields.contact, types));
export const avatarSchema = z.strictObject(mapFields(profileFields.avatar, types));
export const notificationsSchema = z.strictObject(mapFields(profileFields.notifications, types));
export const workplaceSchema = z.strictObject(mapFields(profileFields.workplace, types));

export { sectionNames, type SectionName } from '../../profile-fields.ts';

/** What this person may do with one field, or by one operation, and if not, why (X6). */
export const fieldAccessSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('editable'),
    /** After a fresh proof (E12) only. */ needsReauth: z.literal(true).optional(),
    /** What stops working by it, without being asked for: to be said before. */
    alsoVoids: z.literal('recovery-codes').optional(),
  }),
  /** Shown, but a permission is missing; named in the provider's own words. */
  z.strictObject({ kind: z.literal('needs-permission'), permission: z.string().max(200) }),
  /** Shown, but this provider never lets a person change it. */
  z.strictObject({ kind: z.literal('set-by-provider') }),
  /** Shown from the cache; can be changed again with a connection. */
  z.strictObject({ kind: z.literal('offline') }),
  /** Only a page of the service itself can do it (R1): `handOff.begin` opens it. */
  z.strictObject({
    kind: z.literal('hand-off'),
    /** Whose page it is: host, and port where it has one. */
    page: z.string().max(300),
    /** Whether the page sends the browser back, so that its end is noticed by itself. */
    comesBack: z.boolean(),
  }),
  /** This provider has no such field. */
  z.strictObject({ kind: z.literal('not-offered') }),
]);
export type FieldAccess = z.infer<typeof fieldAccessSchema>;

const access = <S extends z.ZodObject>(section: S) =>
  z.strictObject(fillFields<S['shape'], typeof fieldAccessSchema>(section.shape, fieldAccessSchema));

const section = <S extends z.ZodObject>(values: S) =>
  z.strictObject({
    values,
    access: access(values),
    /** Opaque; names the state at the provider that a change is based on. */
    revision: z.string().max(200),
  });

/** The values that a field can have. */
const choices = z.array(z.strictObject({ id: text, name: text })).max(1_000);

/**
 * What this person may do here, as far as the provider told it at the last reading (R1). What is absent, the service
 * does not know.
 */
export const operationAccessSchema = z.partialRecord(z.enum(operations), fieldAccessSchema);
export type OperationAccess = z.infer<typeof operationAccessSchema>;

/** What a provider has beside the sections: those with an operation that is not absent. */
export const offerSchema = z.enum(['api-key', 'access-keys', 'identity-keys', 'identities', 'account-deletion']);

export const profileSnapshotSchema = z.strictObject({
  ...snapshotHead,
  offers: z.array(offerSchema).max(10),
  operations: operationAccessSchema,
  /**
   * Each one always there: of what a provider does not have, every field is `not-offered` and its value means nothing.
   */
  sections: z.strictObject({
    user: section(userSchema).extend({ choices: z.strictObject({ role: choices }) }),
    workplace: section(workplaceSchema).extend({ choices: z.strictObject({ dialingPattern: choices }) }),
    notifications: section(notificationsSchema),
    contact: section(contactSchema),
    avatar: section(avatarSchema),
  }),
});

const change = <S extends z.ZodObject>(values: S) =>
  z.strictObject({ revision: z.string().max(200), changes: values.partial() }).optional();

export const profileUpdateSchema = z.strictObject({
  accountId: id,
  user: change(userSchema.omit({ registeredAt: true })),
  workplace: change(workplaceSchema),
  notifications: change(notificationsSchema.omit({ sentTo: true })),
  contact: change(contactSchema),
  avatar: change(avatarSchema),
});

/** Each section is saved on its own, so one may fail while another is kept. */
export const sectionOutcomeSchema = z.discriminatedUnion('saved', [
  z.strictObject({ saved: z.literal(true) }),
  z.strictObject({ saved: z.literal(false), error: errorShapeSchema }),
]);

export const profileUpdateResultSchema = z.strictObject({
  snapshot: profileSnapshotSchema,
  outcomes: z.strictObject({
    user: sectionOutcomeSchema.optional(),
    workplace: sectionOutcomeSchema.optional(),
    notifications: sectionOutcomeSchema.optional(),
    contact: sectionOutcomeSchema.optional(),
    avatar: sectionOutcomeSchema.optional(),
  }),
});

export type User = z.infer<typeof userSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Avatar = z.infer<typeof avatarSchema>;
export type Threshold = z.infer<typeof thresholdSchema>;
export type Notifications = z.infer<typeof notificationsSchema>;
export type Workplace = z.infer<typeof workplaceSchema>;
export type Offer = z.infer<typeof offerSchema>;
export type ProfileSnapshot = z.infer<typeof profileSnapshotSchema>;
export type ProfileUpdate = z.infer<typeof profileUpdateSchema>;
export type ProfileUpdateResult = z.infer<typeof profileUpdateResultSchema>;
export type SectionOutcome = z.infer<typeof sectionOutcomeSchema>;

export const profile = {
  /**
   * The profile as the provider has it now or, without a network, as it was last seen. Fails with `not-found`: nothing
   * cached either: the cause of the failed request is thrown instead where there is one.
   */
  get: call(z.strictObject({ accountId: id, from: z.enum(['provider', 'cache']) }), profileSnapshotSchema),
  /**
   * Sends only `changes`. An outcome of `conflict` means that the section changed elsewhere since `revision`;
   * nothing of it was saved and `snapshot` holds the values found there.
   */
  update: call(profileUpdateSchema, profileUpdateResultSchema),
  changed: event(profileSnapshotSchema),
};
