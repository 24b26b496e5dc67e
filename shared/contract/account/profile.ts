import * as z from 'zod';
import { fillFields, mapFields, profileFields } from '../../profile-fields.ts';
import { call, event } from '../../rpc/define.ts';
import { id, instant, picture, snapshotHead, text } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';
import {
  describedFieldSchema,
  describedValuesSchema,
  fieldGroupSchema,
  fieldId,
  maxFields,
} from './described-fields.ts';
import { fieldAccessSchema } from './field-access.ts';
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

export { fieldAccessSchema, type FieldAccess } from './field-access.ts';

const access = <S extends z.ZodObject>(section: S) =>
  z.strictObject(fillFields<S['shape'], typeof fieldAccessSchema>(section.shape, fieldAccessSchema));

/** Opaque; names the state at the provider that a change is based on. */
const revision = z.string().max(200);

const section = <S extends z.ZodObject>(values: S) =>
  z.strictObject({
    values,
    access: access(values),
    revision,
  });

/** What the service describes itself (R3), beside the fields that are known by name: each of `fields` has a value. */
export const moreSchema = z.strictObject({
  /** In the order of the screen: those without a group, then group by group. */
  fields: z.array(describedFieldSchema).max(maxFields),
  groups: z.array(fieldGroupSchema).max(maxFields),
  values: describedValuesSchema,
  access: z.record(fieldId, fieldAccessSchema),
  revision,
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
    more: moreSchema,
  }),
});

const change = <S extends z.ZodObject>(values: S) => changeOf(values.partial());
const changeOf = <S extends z.ZodType>(changes: S) => z.strictObject({ revision, changes }).optional();

export const profileUpdateSchema = z.strictObject({
  accountId: id,
  user: change(userSchema.omit({ registeredAt: true })),
  workplace: change(workplaceSchema),
  notifications: change(notificationsSchema.omit({ sentTo: true })),
  contact: change(contactSchema),
  avatar: change(avatarSchema),
  more: changeOf(describedValuesSchema),
});

/**
 * Each section is saved on its own, so one may fail while another is kept. Where several are parts of one record, they
 * are saved or refused together, and `fields` of the error are named with their section (`more.department`).
 */
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
    more: sectionOutcomeSchema.optional(),
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
