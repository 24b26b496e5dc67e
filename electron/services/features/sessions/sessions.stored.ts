import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const known = z.string().nullable();
const nameAndVersion = z.strictObject({ name: known, version: known });
const instant = z.iso.datetime().nullable();

/** The raw User-Agent is kept, not what was read from it: a later version of this app may read more. */
const facts = z.strictObject({
  id: z.string(),
  isCurrent: z.boolean(),
  userAgent: known,
  told: z
    .strictObject({
      browser: nameAndVersion,
      os: nameAndVersion,
      device: z.strictObject({ vendor: known, model: known, type: known }),
      engine: nameAndVersion,
      cpu: known,
    })
    .nullable(),
  ipAddress: known,
  createdAt: instant,
  lastModifiedAt: instant,
  lastAuthenticatedAt: instant,
  expiresAt: instant,
  /** Not in lists that were kept before there was one. */
  programs: z.array(z.string()).default([]),
});

const storedSessionListSchema = z.strictObject({
  version: z.literal(1),
  takenAt: z.iso.datetime(),
  facts: z.array(facts),
});

export const sessionListSpec = {
  prefix: 'sessions',
  what: 'sessions',
  version: 1,
  schema: storedSessionListSchema,
} satisfies AccountDocumentsSpec<typeof storedSessionListSchema>;

const storedSessionNotesSchema = z.strictObject({
  version: z.literal(1),
  /** Pairs, because an id is the provider's: as a key it could be `__proto__`. */
  names: z.array(z.tuple([z.string(), z.string()])),
  seen: z.array(z.string()),
});

export const sessionNotesSpec = {
  prefix: 'session-notes',
  what: 'sessions',
  version: 1,
  schema: storedSessionNotesSchema,
} satisfies AccountDocumentsSpec<typeof storedSessionNotesSchema>;
