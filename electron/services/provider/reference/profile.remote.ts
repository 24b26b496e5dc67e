import * as z from 'zod';

const text = z.string().max(10_000);

export const remoteUserSchema = z.object({
  id: z.string().min(1).max(200),
  firstName: text,
  lastName: text,
  username: text,
  role: text,
  company: text,
  registeredAt: z.iso.datetime({ offset: true }).nullable(),
});

export const remoteContactSchema = z.object({
  email: text,
  phone: text,
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
});

export const remoteAvatarSchema = z.object({
  image: z
    .string()
    .max(400_000)
    .regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/)
    .nullable(),
});

export const remoteNotificationsSchema = z.object({
  quotaAlerts: z.boolean(),
  thresholds: z.array(z.object({ percent: z.number(), byMail: z.boolean() })).max(100),
  dailyReport: z.boolean(),
  sentTo: text,
});

export const remoteWorkplaceSchema = z.object({
  dialingPattern: text,
  wfmNotifications: z.boolean(),
  wfmInterval: z.number(),
  choices: z.object({ dialingPattern: z.array(z.object({ id: text, name: text })).max(1_000) }),
});

export type RemoteUser = z.infer<typeof remoteUserSchema>;
