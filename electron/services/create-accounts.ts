import type { SignInResult } from '../../shared/contract/account/auth.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import { createAuthService } from './accounts/sign-in/auth.service.ts';
import { createLeaving } from './accounts/sign-in/leave-account.ts';
import { createAccountsService, type AccountsService } from './accounts/accounts.service.ts';
import { createPresenceCheck } from './accounts/presence-check.ts';
import { createReauth } from './accounts/reauth/create-reauth.ts';
import type { ReauthService } from './accounts/reauth/reauth.service.ts';
import { createReconnector } from './accounts/reconnector.ts';
import type { Foundation } from './create-foundation.ts';
import {
  createLinkedAccountsService,
  type LinkedAccountsService,
} from './features/linked-accounts/linked-accounts.service.ts';
import { Attempts } from './openid/attempts.ts';
import { createProfile } from './features/profile/create-profile.ts';
import type { ProfileService } from './features/profile/profile.service.ts';

/** Who is signed in where, as whom, and what protects that. */
export interface AccountServices {
  readonly profile: ProfileService;
  readonly reauth: ReauthService;
  readonly linkedAccounts: LinkedAccountsService;
  readonly accounts: AccountsService;
  readonly auth: Handlers<AppContract>['auth'];
  /** Deletes everything that this computer keeps of an account, the account in the list too. */
  readonly forget: (accountId: string) => Promise<void>;
  /** A deletion was sent and nobody knows what became of it. */
  readonly markDeletionUnknown: (accountId: string) => Promise<void>;
}

export function createAccounts(foundation: Foundation): AccountServices {
  const { ports, clock, events, registry, app } = foundation;
  const reauth = createReauth(foundation);
  const profile = createProfile({ ...foundation, reauth });
  const reconnector = createReconnector(clock, (id) => profile.refresh(id).catch(() => undefined));
  events.on('state-changed', ({ accountId, state }) => reconnector.note(accountId, state));
  events.on('closing', () => reconnector.stop());
  const browsing = { ...foundation, browser: ports.browser, transport: ports.transport };
  const signIns = new Attempts<SignInResult>(browsing);
  const linkedAccounts = createLinkedAccountsService({ ...browsing, reauth, signIns });
  events.on('session-ended', ({ accountId }) => linkedAccounts.clear(accountId));
  events.on('closing', () => linkedAccounts.stop());
  const accounts = createAccountList(foundation, profile);
  const leaving = createLeaving({ ...foundation, accounts });
  return {
    profile,
    reauth,
    linkedAccounts,
    accounts,
    auth: createAuthService({ ...foundation, accounts, signIns, leaving }),
    forget: leaving.forget,
    async markDeletionUnknown(id) {
      await app.tolerate(() => registry.update(id, (now) => ({ ...now, isDeletionUnclear: true })));
      await accounts.announce();
    },
  };
}

function createAccountList(foundation: Foundation, profile: ProfileService): AccountsService {
  const { app, events, log } = foundation;
  const accounts = createAccountsService({
    ...foundation,
    presence: createPresenceCheck(foundation),
    recheck: (id) => profile.refresh(id),
  });
  events.on('profile-read', ({ accountId, sections }) => app.tolerate(() => accounts.notePerson(accountId, sections)));
  events.on('state-changed', () => {
    accounts.announce().catch((error: unknown) => log.error('accounts not announced', error));
  });
  return accounts;
}
