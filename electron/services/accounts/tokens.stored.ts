import * as z from 'zod';
import type { AccountDocumentsSpec } from '../vault/account-documents.ts';
import type { Tokens } from '../provider/tokens.ts';

// What lies on disk. Strict, and not shared with the ports: they may change without a migration.

/** Milliseconds since the epoch. */
const instant = z.number();

const versionOne = z.strictObject({
  version: z.literal(1),
  accessToken: z.string(),
  accessTokenExpiresAt: instant,
  refreshToken: z.string(),
});

const versionTwo = z.strictObject({
  version: z.literal(2),
  tokens: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('refreshing'), access: z.string(), expiresAt: instant, refresh: z.string() }),
    z.strictObject({
      kind: z.literal('fixed'),
      token: z.string(),
      expiresAt: instant.nullable(),
      scopes: z.array(z.string()).nullable(),
    }),
    z.strictObject({ kind: z.literal('session'), token: z.string(), expiresAt: instant }),
  ]),
});

export const storedTokensSchema = z.discriminatedUnion('version', [versionOne, versionTwo]);

export const tokensSpec = {
  prefix: 'tokens',
  what: 'secrets',
  version: 2,
  schema: storedTokensSchema,
} satisfies AccountDocumentsSpec<typeof storedTokensSchema>;

type StoredTokens = z.infer<typeof storedTokensSchema>;

const storedRefusalSchema = z.strictObject({
  what: z.string().max(300),
  mark: z.string().max(20_000),
  at: instant,
});
export type StoredRefusal = z.infer<typeof storedRefusalSchema>;

const storedRefusalsSchema = z.strictObject({
  version: z.literal(1),
  appVersion: z.string(),
  refusals: z.array(storedRefusalSchema),
});

export const refusalsSpec = {
  prefix: 'refusals',
  what: 'profile',
  version: 1,
  schema: storedRefusalsSchema,
} satisfies AccountDocumentsSpec<typeof storedRefusalsSchema>;

export function fromStored(stored: StoredTokens): Tokens {
  if (stored.version === 2) return stored.tokens;
  const { accessToken: access, accessTokenExpiresAt: expiresAt, refreshToken: refresh } = stored;
  return { kind: 'refreshing', access, expiresAt, refresh };
}

/** Without what outlasts them: that is in `DeviceTokens`. */
export function toStored(tokens: Tokens): StoredTokens {
  return { version: 2, tokens: withoutRest(tokens) };
}

function withoutRest(tokens: Tokens): Extract<StoredTokens, { version: 2 }>['tokens'] {
  if (tokens.kind === 'session') return tokens;
  if (tokens.kind === 'fixed') return { ...tokens, scopes: tokens.scopes && [...tokens.scopes] };
  const { kind, access, expiresAt, refresh } = tokens;
  return { kind, access, expiresAt, refresh };
}
