import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { CallerScope } from '../access/caller-scope.ts';
import type { ReportInternal } from '../report-internal.ts';
import type { RequireReauth } from '../access/require-reauth.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import type { Notify } from '../mail/notices.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Preset } from '../presets/preset.ts';
import type { PasswordHasher } from '../security/passwords.ts';
import type { IdentityProvider } from './identities/identities.schemas.ts';
import type { Stores } from './stores.ts';

/** What a feature is made of. */
export interface FeatureDeps {
  readonly database: Database;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly preset: Preset;
  readonly passwords: PasswordHasher;
  readonly outbox: Outbox;
  readonly mails: MailQueue;
  readonly report: ReportInternal;
  /** Shows the mails to whoever asks on this computer, and makes them due. */
  readonly isDevelopment: boolean;
  readonly identityProviders: readonly IdentityProvider[];
  /** Where clients reach this server; known once it listens. */
  readonly origins: () => ReadonlySet<string>;
  /** Where the links of mails lead. */
  readonly linkBase: () => string;
  /** Milliseconds. */
  readonly resetInterval: number;
}

/** What routes of a feature ask before they answer. */
export interface Guards {
  readonly notify: Notify;
  readonly requireCaller: CallerScope;
  readonly requireReauth: RequireReauth;
}
