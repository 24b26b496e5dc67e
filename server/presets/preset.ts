import type { Contact, User } from '../features/profile/profile.schemas.ts';

/** What anybody may do with a field of their own record. */
export type FieldRule = 'editable' | 'set-by-provider' | 'not-offered' | { readonly permission: string };

export interface Policies {
  readonly password: {
    readonly minLength: number;
    readonly maxLength: number;
    /** How many of the four groups (lower case, upper case, digits, others) must appear. */
    readonly minCharacterGroups: number;
  };
  readonly lockOut: { readonly tries: number; readonly seconds: number };
  readonly reauthWindowSeconds: number;
  readonly session: { readonly idleSeconds: number; readonly absoluteSeconds: number };
}

/** One kind of provider to play: rights, fields and policies of its people, and who the demo person is. */
export interface Preset {
  readonly id: string;
  /** Shown to people. */
  readonly name: string;
  readonly policies: Policies;
  /** Every role there is here. */
  readonly roles: readonly string[];
  /** Fields not named are editable. */
  readonly fields: {
    readonly user: Partial<Record<keyof User, FieldRule>>;
    readonly contact: Partial<Record<keyof Contact, FieldRule>>;
  };
  readonly demo: {
    readonly permissions: readonly string[];
    readonly user: Omit<User, 'id' | 'registeredAt'>;
    readonly contact: Contact;
    /** Days before the first start. */
    readonly registeredDaysAgo: number;
  };
}

export const demoEmail = 'demo@profile-desk.example';
