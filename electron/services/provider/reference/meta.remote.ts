import * as z from 'zod';
import { cleanText } from '../../core/clean-text.ts';

/** A plain string, not a closed list: a kind of access that we do not know counts as read-only. */
const access = z.object({
  access: z.string().max(40),
  permission: z.string().max(200).optional(),
  /** An editable one takes a fresh proof of identity (E12). */
  needsReauth: z.boolean().optional(),
  /** The only values there are, where that is so. */
  choices: z.array(z.string().max(10_000)).max(1_000).optional(),
});

export const remoteMetaSchema = z.object({
  /** Shown beside the sign-in: direction marks could make it look like another's. */
  name: z.string().max(200).transform(cleanText),
  /** Operation → `offered` or not. */
  capabilities: z.record(z.string().max(100), z.string().max(40)).optional(),
  identityProviders: z
    .array(
      z.object({
        name: z.string().max(500).transform(cleanText),
        issuer: z.string().min(1).max(2_000),
        clientId: z.string().min(1).max(500),
      }),
    )
    .max(50)
    .optional(),
  /** Only with a token: section → field → access. */
  fields: z.record(z.string().max(100), z.record(z.string().max(100), access)).optional(),
});

/** /meta as the owner of a token gets it. */
export const remoteAccountSchema = z.object({ accountId: z.string().min(1).max(200) });

export type RemoteMeta = z.infer<typeof remoteMetaSchema>;
export type RemoteAccess = z.infer<typeof access>;
