import * as z from 'zod';
import { Problem } from '../../http/problem.ts';
import type { FieldRule, Preset } from '../../presets/preset.ts';
import { avatarSchema, contactSchema, userSchema } from './profile.schemas.ts';

export const fieldAccessSchema = z
  .strictObject({
    /** Read-only without a permission means: set by the provider. */
    access: z.enum(['editable', 'read-only', 'not-offered']),
    /** The permission that would make it editable. */
    permission: z.string().optional(),
    /** The only values there are, where that is so. */
    choices: z.array(z.string()).optional(),
  })
  .meta({ id: 'FieldAccess' });
export type FieldAccess = z.infer<typeof fieldAccessSchema>;

export const sectionAccessSchema = z.record(z.string(), fieldAccessSchema);
export type SectionAccess = z.infer<typeof sectionAccessSchema>;

export const profileAccessSchema = z
  .strictObject({ user: sectionAccessSchema, contact: sectionAccessSchema, avatar: sectionAccessSchema })
  .meta({ id: 'ProfileAccess' });
export type ProfileAccess = z.infer<typeof profileAccessSchema>;

/** What a person with these permissions may do with each field of their own record. */
export function profileAccess(preset: Preset, permissions: readonly string[]): ProfileAccess {
  const userRules = { ...preset.fields.user, id: 'set-by-provider', registeredAt: 'set-by-provider' } as const;
  const user = sectionAccess(Object.keys(userSchema.shape), userRules, permissions);
  return {
    user: { ...user, role: { ...user['role'], choices: [...preset.roles] } as FieldAccess },
    contact: sectionAccess(Object.keys(contactSchema.shape), preset.fields.contact, permissions),
    avatar: sectionAccess(Object.keys(avatarSchema.shape), {}, permissions),
  };
}

/** Fields without a rule are editable. */
export function sectionAccess(fields: readonly string[], rules: Readonly<Record<string, FieldRule>>, permissions: readonly string[]): SectionAccess {
  return Object.fromEntries(fields.map((field) => [field, fieldAccess(rules[field] ?? 'editable', permissions)]));
}

export function fieldAccess(rule: FieldRule, permissions: readonly string[]): FieldAccess {
  if (rule === 'editable' || rule === 'not-offered') return { access: rule };
  if (rule === 'set-by-provider') return { access: 'read-only' };
  return permissions.includes(rule.permission) ? { access: 'editable' } : { access: 'read-only', permission: rule.permission };
}

/** Errors: Problem forbidden, naming every locked field that the patch touches and the first missing permission. */
export function refuseLocked(access: SectionAccess, patch: object): void {
  const locked = Object.keys(patch).filter((field) => access[field]?.access !== 'editable');
  if (locked.length === 0) return;
  const permission = locked.map((field) => access[field]?.permission).find((name) => name !== undefined);
  throw new Problem('forbidden', {
    ...(permission !== undefined && { permission }),
    errors: locked.map((field) => ({ field, code: 'locked' })),
  });
}
