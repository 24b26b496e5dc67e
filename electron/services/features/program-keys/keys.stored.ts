import * as z from 'zod';
import type { AccountDocumentsSpec } from '../../vault/account-documents.ts';

// What lies on disk. Strict, and not shared with the contract: the screen's shapes may change without a migration.

const instant = z.iso.datetime();

const offer = {
  access: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('editable') }),
    z.strictObject({ kind: z.literal('needs-permission'), permission: z.string() }),
    z.strictObject({ kind: z.literal('set-by-provider') }),
    z.strictObject({ kind: z.literal('offline') }),
    z.strictObject({ kind: z.literal('hand-off'), page: z.string(), comesBack: z.boolean() }),
    z.strictObject({ kind: z.literal('not-offered') }),
  ]),
  offers: z.array(z.enum(['name', 'expiry', 'reveal'])),
};
const times = { createdAt: instant, lastUsedAt: instant.nullable(), expiresAt: instant.nullable() };

const apiKeyState = z.strictObject({
  ...offer,
  url: z.string(),
  key: z.strictObject({ name: z.string(), lastFour: z.string(), ...times }).nullable(),
});
const accessKeysState = z.strictObject({
  ...offer,
  keys: z.array(
    z.strictObject({
      ...{ id: z.string(), name: z.string(), isActive: z.boolean(), revision: z.string() },
      isOwn: z.literal(true).optional(),
      ...times,
      createdAt: instant.nullable(),
      scopes: z.array(z.string()).readonly().optional(),
    }),
  ),
  limit: z.int().nullable(),
  isToken: z.boolean().optional(),
  acts: z
    .array(z.enum(['create', 'setActive', 'rotate', 'remove']))
    .readonly()
    .optional(),
});

const rotation = z.strictObject({
  kind: z.enum(['access-key', 'api-key']),
  step: z.enum(['prepare', 'test', 'switch', 'stopped']),
  oldKeyId: z.string().nullable(),
  newKeyId: z.string().nullable(),
  places: z.array(z.strictObject({ name: z.string(), isSwitched: z.boolean() })),
  testedAt: instant.nullable(),
  deleteAt: instant.nullable(),
});

const lost = z.strictObject({
  unclearSince: z.array(z.string()).readonly().nullable(),
  refs: z.array(z.string()).readonly(),
});

/** Never a secret. Keys are named as in keys-state.ts. */
const storedKeysSchema = z.strictObject({
  version: z.literal(1),
  apiKey: z.strictObject({ takenAt: instant, state: apiKeyState }).nullable(),
  accessKeys: z.strictObject({ takenAt: instant, state: accessKeysState }).nullable(),
  /** Key → the end that the person chose here (X3). */
  ownEnds: z.array(z.tuple([z.string(), instant])),
  /** Key → the last reminder given, as reminders.ts names it. */
  reminded: z.array(z.tuple([z.string(), z.string()])),
  /** Not in the files of the first builds. */
  lost: z.strictObject({ apiKey: lost, accessKeys: lost }).optional(),
  rotation: rotation.nullable(),
});

export const keysSpec = {
  prefix: 'keys',
  what: 'keys',
  version: 1,
  schema: storedKeysSchema,
} satisfies AccountDocumentsSpec<typeof storedKeysSchema>;

export type StoredRotation = z.infer<typeof rotation>;
