import * as z from 'zod';
import { call, event } from '../../rpc/define.ts';
import { id, instant, picture, snapshotHead, text } from '../base.ts';
import { errorShapeSchema } from '../error-shape.ts';
import { operations } from './operations.ts';

/** An empty string stands for "not set" everywhere in the profile. */
export const userSchema = z.strictObject({
  firstName: text,
  lastName: text,
  username: text,
  role: text,
  company: text,
  /** Date of registration; null if the provider does not say. */
  registeredAt: instant.nullable(),
});

export const contactSchema = z.strictObject({
  email: text,
  phone: text,
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  postalCode: text,
  /** ISO 3166-1 alpha-2, upper case. */
  country: text,
});

export const avatarSchema = z.strictObject({ image: picture.nullable() });

export const thresholdSchema = z.strictObject({
  /** Of the quota; whole and from 1 to 100 where the provider took it. */
  percent: z.number(),
  byMail: z.boolean(),
});

/** Mails about the use of storage (W5, W6). */
export const notificationsSchema = z.strictObject({
  quotaAlerts: z.boolean(),
  /** Ascending and distinct as the provider gives them. */
  thresholds: z.array(thresholdSchema).max(100),
  dailyReport: z.boolean(),
  /** The only address that these mails go to. */
  sentTo: text,
});

/** How a person works in a contact center (C4, C6). WFM is workforce management. */
export const workplaceSchema = z.strictObject({
  /** Id of one of the section's choices. */
  dialingPattern: text,
  wfmNotifications: z.boolean(),
  /** Minutes; has a meaning while WFM notifications are on. */
  wfmInterval: z.number(),
});

/** In the order of the screen, and in that of saving: another e-mail is a newer revision of the notifications too. */
export const sectionNames = ['user', 'workplace', 'notifications', 'contact', 'avatar'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What this person may do with one field, or by one operation, and if not, why (X6). */
export const fieldAccessSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('editable'),
    /** After a fresh proof (E12) only. */ needsReauth: z.literal(true).optional(),
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
  z.strictObject(
    Object.fromEntries(Object.keys(section.shape).map((field) => [field, fieldAccessSchema])) as {
      [F in keyof S['shape']]: typeof fieldAccessSchema;
    },
  );

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
