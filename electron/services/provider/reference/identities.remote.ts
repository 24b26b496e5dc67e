import * as z from 'zod';
import { cleanText } from '../../core/clean-text.ts';

const instant = z.iso.datetime();

/** It goes into an address: long enough not to be guessed, and nothing but itself. */
export const remoteNonceSchema = z.object({ nonce: z.string().regex(/^[\w.~-]{20,500}$/) });

export const remoteIdentitiesSchema = z.object({
  identities: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        provider: z.string().max(2_000).transform(cleanText),
        label: z.string().max(300).transform(cleanText),
        linkedAt: instant,
        lastUsedAt: instant.nullable(),
      }),
    )
    .max(200),
});

export type RemoteIdentity = z.infer<typeof remoteIdentitiesSchema>['identities'][number];
