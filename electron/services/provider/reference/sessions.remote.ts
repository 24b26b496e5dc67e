import * as z from 'zod';

// No transforms in here: with 10,000 sessions they cost ten times what the checks do. The map does that work. It also cuts
// what is too long: whoever signs in chooses such texts, and must not blind the owner to the whole list by one of them.

const instant = z.iso.datetime({ offset: true }).nullish();
const told = z.string().nullish();
const nameAndVersion = z.object({ name: told, version: told }).nullish();

const remoteSessionSchema = z.object({
  id: z.string().min(1).max(200),
  current: z.boolean(),
  userAgent: told,
  ipAddress: told,
  createdAt: instant,
  lastModifiedAt: instant,
  lastAuthenticatedAt: instant,
  expiresAt: instant,
  browser: nameAndVersion,
  os: nameAndVersion,
  device: z.object({ vendor: told, model: told, type: told }).nullish(),
  engine: nameAndVersion,
  cpu: told,
});

export const remoteSessionsSchema = z.object({
  sessions: z
    .array(remoteSessionSchema)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id twice')
    .refine((all) => all.filter(({ current }) => current).length <= 1, 'two current sessions'),
});

/** Who is not named here is closed: the list that is read afterwards shows whether that is true. */
export const remoteClosedSchema = z.object({
  results: z
    .array(
      z.object({
        id: z.string().max(200),
        closed: z.boolean(),
        code: z.string().max(100).optional(),
        permission: z.string().max(200).optional(),
      }),
    )
    .max(20_000),
});

export type RemoteSession = z.infer<typeof remoteSessionSchema>;
export type RemoteClosed = z.infer<typeof remoteClosedSchema>['results'][number];
