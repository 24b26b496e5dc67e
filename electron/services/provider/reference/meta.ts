import * as z from 'zod';
import type { FieldAccess, SectionName } from '../../../../shared/contract/account/profile.ts';
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
export const remoteOwnMetaSchema = remoteMetaSchema.extend({ accountId: z.string().min(1).max(200) });

export type RemoteMeta = z.infer<typeof remoteMetaSchema>;
type RemoteAccess = z.infer<typeof access>;

export function isOffered({ capabilities }: RemoteMeta, operation: string): boolean {
  return capabilities?.[operation] === 'offered';
}

/** One entry for each field of `values`. */
export function toAccess<T extends object>(
  section: SectionName,
  values: T,
  meta: RemoteMeta,
): { [F in keyof T]: FieldAccess } {
  const rules = meta.fields?.[section] ?? {};
  return Object.fromEntries(Object.keys(values).map((field) => [field, toGuardedAccess(rules[field])])) as {
    [F in keyof T]: FieldAccess;
  };
}

/** Acts always ask for a proof where one is missing; of fields it is said before they are changed. */
function toGuardedAccess(rule: RemoteAccess | undefined): FieldAccess {
  const access = toFieldAccess(rule);
  return access.kind === 'editable' && rule?.needsReauth ? { ...access, needsReauth: true } : access;
}

export function toFieldAccess(rule: RemoteAccess | undefined): FieldAccess {
  if (rule?.access === 'editable' || rule?.access === 'not-offered') return { kind: rule.access };
  return rule?.permission ? { kind: 'needs-permission', permission: rule.permission } : { kind: 'set-by-provider' };
}
