import type { PasswordPolicy } from '../../shared/contract/account/password.ts';
import type { PresetId } from '../../shared/presets.ts';
import type { ProfileRules } from '../accounts/field-access.ts';
import type { Contact, User } from '../accounts/profile.schemas.ts';
import type { SessionPolicy } from '../accounts/session.ts';

export interface Policies {
  readonly password: Readonly<PasswordPolicy>;
  readonly lockOut: { readonly tries: number; readonly seconds: number };
  /** How long a new proof of identity is good for. */
  readonly reauthWindowSeconds: number;
  readonly session: SessionPolicy;
}

/** How a second factor gets in: a secret made here and proved by a code, or one that the person types in. */
export type MfaOffer = 'enrolment' | 'typed-secret';

export interface ApiKeyRules {
  /**
   * `named`: has a name and is shown once. `replace`: has none, can be shown again, and is taken as a Basic password
   * too.
   */
  readonly style: 'named' | 'replace';
  /** Needed to make, show or delete it. */
  readonly permission: string;
  readonly canExpire: boolean;
}

export interface WorkplaceRules {
  readonly editPermission: string;
  /** Needed, beside the one to edit, to choose the default dialing pattern. */
  readonly dialingPermission: string;
  readonly dialingPatterns: readonly { readonly id: string; readonly name: string }[];
  /** Needed to have anything about WFM (workforce management); null where WFM is not in use. */
  readonly wfmPermission: string | null;
}

export interface AccessKeyRules {
  /** Needed to make one. */
  readonly permission: string;
  readonly canExpire: boolean;
  /** How many a person may have. */
  readonly limit: number;
}

export interface IdentityKeyRules {
  /** Needed to add one; null where everybody may. */
  readonly permission: string | null;
  /** How many a person may have. */
  readonly limit: number;
}

/** One kind of provider to play: rights, fields and policies of its people, and who the demo person is. */
export interface Preset extends ProfileRules {
  readonly id: PresetId;
  /** Shown to people. */
  readonly name: string;
  readonly policies: Policies;
  /** Where a fresh proof of identity is asked for beyond what is always dangerous, and what counts as one. */
  readonly reauth: ProfileRules['reauth'] & { readonly isGivenBySignIn: boolean };
  readonly mfa: { readonly offers: readonly MfaOffer[]; readonly hasRecoveryCodes: boolean };
  /** Mails about the use of storage; null where there are none. */
  readonly notifications: { readonly permission: string } | null;
  /** Null where there are none. */
  readonly apiKey: ApiKeyRules | null;
  readonly accessKeys: AccessKeyRules | null;
  readonly identityKeys: IdentityKeyRules | null;
  readonly workplace: WorkplaceRules | null;
  /** To link and unlink identities takes this permission; offered where the server was told of identity providers. */
  readonly identities: { readonly permission: string };
  /** Whether a person can delete their account, unless they are the last of their company with that role. */
  readonly deletion: { readonly ownerRole: string } | null;
  readonly demo: {
    readonly permissions: readonly string[];
    /** What the demo inside the app can try besides: there nobody else's account is at stake. */
    readonly triesToo?: readonly string[];
    readonly user: Omit<User, 'id' | 'registeredAt'>;
    readonly contact: Contact;
    /** Days before the first start. */
    readonly registeredDaysAgo: number;
  };
}

export const demoEmail = 'demo@profile-desk.example';
