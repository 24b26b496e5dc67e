import type { SectionAccess } from '../accounts/field-access.ts';
import type { App } from '../http/app.ts';

/** What the API can do for a person; `/meta` says which of them this server offers. */
export const operations = [
  'profile.read',
  'profile.write',
  'contact.read',
  'contact.write',
  'avatar.read',
  'avatar.write',
  'sessions.list',
  'sessions.close',
  'notifications.read',
  'notifications.write',
  'workplace.read',
  'workplace.write',
  'reauth',
  'password.change',
  'password.reset',
  'mfa.enrol',
  'mfa.typed-secret',
  'recovery-codes',
  'api-key.manage',
  'access-keys.manage',
  'identity-keys.manage',
  'identities.manage',
  'account.delete',
] as const;
type Operation = (typeof operations)[number];

/** One folder under features/: its routes, and what they add to the capabilities and to the field access of `/meta`. */
export interface Feature {
  readonly offers: readonly Operation[];
  /** What a person with these permissions may do with each field, by record. */
  readonly access?: (permissions: readonly string[]) => Readonly<Record<string, SectionAccess>>;
  /** Runs in a scope of its own: hooks and parsers added here touch no other feature. */
  register(app: App): void;
}
