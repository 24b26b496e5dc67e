import * as z from 'zod';
import { Problem } from '../http/problem.ts';
import { avatarSchema, contactSchema, userSchema, type Contact, type User } from './profile.schemas.ts';

/** What anybody may do with a field of their own record. */
export type FieldRule = 'editable' | 'set-by-provider' | 'not-offered' | { readonly permission: string };

const fieldAccessSchema = z
  .strictObject({
    /** Read-only without a permission means: set by the provider. */
    access: z.enum(['editable', 'read-only', 'not-offered']),
    /** The permission that would make it editable. */
    permission: z.string().optional(),
    /** There where an editable one also takes a fresh proof of identity. */
    needsReauth: z.literal(true).optional(),
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

/** What signs a person in, and where a link for a new password goes: whoever changes it has the account. */
const alwaysGuarded: ReadonlySet<string> = new Set(['username', 'email']);

/** What the kind of service says of a person's own record. */
export interface ProfileRules {
  /** Fields not named are editable. */
  readonly fields: {
    readonly user: Partial<Record<keyof User, FieldRule>>;
    readonly contact: Partial<Record<keyof Contact, FieldRule>>;
  };
  /** Every role there is. */
  readonly roles: readonly string[];
  readonly reauth: { readonly isNeededToEditProfile: boolean };
}

/** What a person with these permissions may do with each field of their own record. */
export function profileAccess(rules: ProfileRules, permissions: readonly string[]): ProfileAccess {
  const userRules = { ...rules.fields.user, id: 'set-by-provider', registeredAt: 'set-by-provider' } as const;
  const isGuarded = (field: string) => rules.reauth.isNeededToEditProfile || alwaysGuarded.has(field);
  const access = (fields: readonly string[], byField: Readonly<Record<string, FieldRule>>) =>
    guardedAccess(sectionAccess(fields, byField, permissions), isGuarded);
  const user = access(Object.keys(userSchema.shape), userRules);
  return {
    user: { ...user, role: { ...user['role'], choices: [...rules.roles] } as FieldAccess },
    contact: access(Object.keys(contactSchema.shape), rules.fields.contact),
    avatar: access(Object.keys(avatarSchema.shape), {}),
  };
}

/** Says of each editable field that it takes a fresh proof too, where that is so. */
function guardedAccess(section: SectionAccess, isGuarded: (field: string) => boolean): SectionAccess {
  return Object.fromEntries(
    Object.entries(section).map(([field, found]) => [
      field,
      found.access === 'editable' && isGuarded(field) ? { ...found, needsReauth: true } : found,
    ]),
  );
}

/** Fields without a rule are editable. */
export function sectionAccess(
  fields: readonly string[],
  rules: Readonly<Record<string, FieldRule>>,
  permissions: readonly string[],
): SectionAccess {
  return Object.fromEntries(fields.map((field) => [field, fieldAccess(rules[field] ?? 'editable', permissions)]));
}

export function fieldAccess(rule: FieldRule, permissions: readonly string[]): FieldAccess {
  if (rule === 'editable' || rule === 'not-offered') return { access: rule };
  if (rule === 'set-by-provider') return { access: 'read-only' };
  return permissions.includes(rule.permission)
    ? { access: 'editable' }
    : { access: 'read-only', permission: rule.permission };
}

/** Whether this patch takes a fresh proof of identity first. */
export function touchesGuarded(access: SectionAccess, patch: object): boolean {
  return Object.keys(patch).some((field) => access[field]?.needsReauth);
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
