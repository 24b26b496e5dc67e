import type { SignInResult } from '../../shared/contract/account/auth.ts';
import type { LocalData } from '../../shared/contract/account/deletion.ts';
import { contract, type Emit } from '../../shared/contract/index.ts';
import { createEmitter } from '../../shared/rpc/dispatcher.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import { createAccountRefusals } from './accounts/account-refusals.ts';
import { createAccountRegistry } from './accounts/account-registry.ts';
import { createAccountSecrets } from './accounts/account-secrets.ts';
import { createAccountsService, type AccountsService } from './accounts/accounts.service.ts';
import { createDeviceTokens } from './accounts/device-tokens.ts';
import { createPresenceCheck } from './accounts/presence-check.ts';
import { createReauth } from './accounts/reauth/create-reauth.ts';
import { createReconnector } from './accounts/reconnector.ts';
import { createAuthService } from './accounts/sign-in/auth.service.ts';
import { DeviceAttempts } from './accounts/sign-in/device-attempts.ts';
import { createOnPasswordChanged } from './accounts/sign-in/demo-care.ts';
import { createLeaving } from './accounts/sign-in/leave-account.ts';
import { SignedInAccounts } from './accounts/signed-in-accounts.ts';
import { KnownOrigins } from './accounts/targets/known-origins.ts';
import { createTargets } from './accounts/targets/targets.ts';
import { readersOf } from './area-readers.ts';
import type { AccountLabel } from './core/account-label.ts';
import { passphraseNeeded } from './core/passphrase-needed.ts';
import { createSequence, type Sequence } from './core/sequence.ts';
import { createServiceEmitter } from './core/service-events.ts';
import { createActivity } from './features/activity/create-activity.ts';
import { createApplicationsService } from './features/applications/applications.service.ts';
import { createApiCallsService } from './features/api-calls/api-calls.service.ts';
import { AppService } from './features/app/app.service.ts';
import { createDeletion } from './features/deletion/create-deletion.ts';
import { createDemoService } from './features/demo/demo.service.ts';
import { createDrafts } from './features/drafts/drafts.service.ts';
import { createEmailChangeService } from './features/email-change/email-change.service.ts';
import { createEmailsService } from './features/emails/emails.service.ts';
import { createHandOffService } from './features/hand-off/hand-off.service.ts';
import { createLinkedAccountsService } from './features/linked-accounts/linked-accounts.service.ts';
import { createMfa } from './features/mfa/create-mfa.ts';
import { createPasswordService } from './features/password/password.service.ts';
import { createProfile } from './features/profile/create-profile.ts';
import type { ProfileService } from './features/profile/profile.service.ts';
import { createProgramKeys } from './features/program-keys/create-program-keys.ts';
import { parseUserAgent } from './features/sessions/agent/parse-user-agent.ts';
import { createSessionsService } from './features/sessions/sessions.service.ts';
import { applyPendingSettings } from './features/settings/portable-settings.ts';
import { createSettingsService, readSettings } from './features/settings/settings.service.ts';
import { createSshKeys } from './features/ssh-keys/create-ssh-keys.ts';
import { createTransfer } from './features/transfer/create-transfer.ts';
import { Attempts } from './openid/attempts.ts';
import { dialogsUntil } from './dialogs-until-lock.ts';
import { createLockable, type Run, type RunOptions } from './lockable.ts';
import { portableParts } from './portable-parts.ts';
import type { Ports } from './ports.ts';
import { createCxoneProvider } from './provider/cxone/create-cxone-provider.ts';
import { createElasticIoProvider } from './provider/elastic-io/create-elastic-io-provider.ts';
import { createGiteaProvider } from './provider/gitea/create-gitea-provider.ts';
import { createGithubProvider } from './provider/github/create-github-provider.ts';
import { createGitlabProvider } from './provider/gitlab/create-gitlab-provider.ts';
import { createGlewlwydProvider } from './provider/glewlwyd/create-glewlwyd-provider.ts';
import { createKeycloakProvider } from './provider/keycloak/create-keycloak-provider.ts';
import { createKratosProvider } from './provider/kratos/create-kratos-provider.ts';
import { createProviders } from './provider/kinds/providers.ts';
import { createReferenceProvider } from './provider/reference/create-reference-provider.ts';
import { createWacmProvider } from './provider/wacm/create-wacm-provider.ts';
import type { Services } from './services.ts';
import { createSealedStorage } from './vault/create-sealed-storage.ts';
import type { SealedStorage } from './vault/sealed-storage.ts';
import { createStorageForRun } from './storage-for-run.ts';
import { createDeriveKey } from './vault/passphrase/derive-key.ts';

// Ports in, handlers and events out: the only place where the services are wired together. Reads from top to bottom:
// what comes later knows what came before, and hears of the rest by `events`.

type Foundation = ReturnType<typeof createFoundation>;
type Accounts = ReturnType<typeof createAccounts>;

/** What every service stands on. `emit` tells the screens, `events` the other services. */
function createFoundation(ports: Ports, emit: Emit, options: OwnRunOptions) {
  const { isLocked, onLock, renew, storage: former, sequence } = options;
  const { clock, log } = ports;
  const events = createServiceEmitter();
  const deriveKey = createDeriveKey({ start: ports.ssh.startKeyWorker, clock });
  const { files, keyWrapper } = ports;
  const sealedStorage = former ?? createSealedStorage({ files, keyWrapper, deriveKey, clock, log, isLocked });
  const storage = createStorageForRun(sealedStorage);
  const providers = createAllProviders(ports);
  const registry = createAccountRegistry(storage, () => void events.emit('opened', undefined));
  const app = new AppService({ ports, storage, emit, lock: onLock });
  const onAsking = (origin: string | null) => app.noteAsking(origin);
  const origins = new KnownOrigins({ registry, question: ports.originQuestion, clock, onAsking });
  const targets = createTargets(storage, ports.embedded, origins);
  const tolerate = (write: () => Promise<unknown>) => app.tolerate(write);
  const deviceTokens = createDeviceTokens({ storage, registry, tolerate });
  events.on('forgotten', ({ accountId }) => deviceTokens.forget(accountId));
  const secrets = createAccountSecrets(storage, deviceTokens);
  const onNoted = (accountId: string) => void events.emit('right-refused', { accountId });
  const refusals = createAccountRefusals({ storage, clock, version: ports.version, tolerate, onNoted });
  const activity = createActivity({
    ...{ ports, storage, registry, events, emit, tolerate, isKnown: registry.has, readAgent: parseUserAgent },
    settings: () => readSettings(ports.settingsFile),
  });
  const { watch } = activity;
  const signedIn = new SignedInAccounts({ registry, targets, providers, clock, secrets, refusals, events, watch });
  return {
    ...{ ports, clock, log, emit, events, storage, sealedStorage, deriveKey, renew, providers, registry, targets },
    ...{ deviceTokens, signedIn, app, tolerate, activity },
    sequence,
    takesBackOnLock: () => readSettings(ports.settingsFile).takeKeysBackOnLock,
    /** Whether there is such an account: of a forgotten one nothing is kept. */
    isKnown: registry.has,
    mustShow: registry.mustShow,
    /** Errors: not-found. */
    async describe(accountId: string): Promise<AccountLabel> {
      const { providerName, person } = await registry.get(accountId);
      return { issuer: providerName, account: person.email || person.name };
    },
  };
}

function createAllProviders(ports: Ports): ReturnType<typeof createProviders> {
  return createProviders([
    createReferenceProvider(ports),
    createKeycloakProvider(ports),
    createGlewlwydProvider(ports),
    createGiteaProvider(ports),
    createElasticIoProvider(ports),
    createCxoneProvider(ports),
    createWacmProvider(ports),
    createGitlabProvider(ports),
    createKratosProvider(ports),
    createGithubProvider(ports),
  ]);
}

/** Who is signed in where, as whom, and what protects that. */
function createAccounts(foundation: Foundation) {
  const { ports, clock, events, registry, tolerate } = foundation;
  const reauth = createReauth(foundation);
  const profile = createProfile({ ...foundation, reauth });
  const reconnector = createReconnector(clock, (id) => profile.refresh(id).catch(() => undefined));
  events.on('state-changed', ({ accountId, state }) => reconnector.onStateChanged(accountId, state));
  events.on('session-ended', ({ accountId }) => reconnector.stopFor(accountId));
  events.on('closing', () => reconnector.stop());
  // What it may do is told anew, so that every screen and the cache know.
  events.on('right-refused', ({ accountId }) => profile.refresh(accountId).catch(() => undefined));
  const browsing = { ...foundation, browser: ports.browser, transport: ports.transport };
  const signIns = new Attempts<SignInResult>(browsing);
  const deviceSignIns = new DeviceAttempts<SignInResult>({ ...browsing, version: ports.version });
  events.on('closing', () => deviceSignIns.stop());
  const linkedAccounts = createLinkedAccountsService({ ...browsing, reauth, signIns });
  events.on('session-ended', ({ accountId }) => linkedAccounts.clear(accountId));
  events.on('closing', () => linkedAccounts.stop());
  const accounts = createAccountList(foundation, profile);
  const leaving = createLeaving({ ...foundation, accounts });
  return {
    ...{ profile, reauth, linkedAccounts, accounts },
    auth: createAuthService({ ...foundation, accounts, signIns, deviceSignIns, leaving, browser: ports.browser }),
    /** Deletes everything that this computer keeps of an account, the account in the list too. */
    forget: leaving.forget,
    /** A deletion was sent and nobody knows what became of it. */
    async markDeletionUnknown(accountId: string): Promise<void> {
      await tolerate(() => registry.update(accountId, (now) => ({ ...now, isDeletionUnclear: true })));
      await accounts.emitChanged();
    },
  };
}

function createAccountList(foundation: Foundation, profile: ProfileService): AccountsService {
  const { events, log, tolerate } = foundation;
  const presence = createPresenceCheck(foundation);
  const accounts = createAccountsService({
    ...{ ...foundation, presence, recheck: (id) => profile.refresh(id) },
    clientIds: foundation.ports.release?.clientIds ?? {},
  });
  events.on('profile-read', ({ accountId, sections }) => tolerate(() => accounts.updatePerson(accountId, sections)));
  events.on('state-changed', () => {
    accounts.emitChanged().catch((error: unknown) => log.error('accounts not announced', error));
  });
  return accounts;
}

/** What a person can do. The last two are handed what the others can tell of an account. */
function createFeatures(foundation: Foundation, accountServices: Accounts) {
  const { ports, events, registry, signedIn, activity } = foundation;
  const { auth, accounts, linkedAccounts, profile, reauth } = accountServices;
  const parts = { ...foundation, ...accountServices, filePicker: ports.filePicker };
  const signOut = async (accountId: string) => auth.signOut({ accountId, forget: false });
  const sessions = createSessionsService({ ...parts, signOut });
  const programKeys = createProgramKeys(parts);
  const sshKeys = createSshKeys(parts);
  const drafts = createDrafts(parts);
  const emails = createEmailsService(parts);
  const handOff = createHandOffService({
    ...foundation,
    browser: ports.browser,
    onDeleted: accountServices.markDeletionUnknown,
  });
  events.on('session-ended', ({ accountId }) => handOff.clear(accountId));
  events.on('closing', () => handOff.stop());
  const data = {
    ...createMfa(parts),
    ...programKeys.handlers,
    ...sshKeys.handlers,
    emails: emails.handlers,
    linkedAccounts: linkedAccounts.handlers,
    applications: createApplicationsService(parts),
    profile: profile.handlers,
    sessions: sessions.handlers,
  };
  const countLocalData = async (id: string): Promise<LocalData> => {
    await registry.get(id);
    return {
      sshKeys: await sshKeys.countPrivate(id),
      sessionNames: await sessions.countNames(id),
      draftFields: await drafts.countFields(id),
      activityEntries: await activity.count(id),
    };
  };
  const { settings, placeSettings } = createSettings(foundation);
  const handlers: Services['handlers'] = {
    ...data,
    drafts: drafts.handlers,
    app: foundation.app.handlers,
    vault: foundation.app.vaultHandlers,
    settings,
    transfer: createTransfer({ ...foundation, parts: portableParts(foundation), onWritten: placeSettings }),
    accounts: accounts.handlers,
    auth,
    handOff: handOff.handlers,
    reauth: reauth.handlers,
    apiCalls: createApiCallsService(signedIn),
    demo: createDemoService({ ...foundation, ...ports }),
    emailChange: createEmailChangeService(signedIn),
    password: createPasswordService(signedIn, createOnPasswordChanged(foundation)),
    activity: activity.start(readersOf(data)),
    deletion: createDeletion({ ...parts, countLocalData, handlers: data }),
  };
  return { handlers, keepTyped: drafts.keepTyped, clearClipboard: () => programKeys.clearClipboard() };
}

function createSettings({ ports, events, emit, log, storage, activity }: Foundation) {
  const onLimitChanged = () => activity.applyLimit();
  const settings = createSettingsService({ file: ports.settingsFile, emit, onLimitChanged });
  const placeSettings = (from: SealedStorage) =>
    applyPendingSettings(from, settings.update).catch((error: unknown) =>
      log.error('imported settings are not in their place yet', error),
    );
  events.on('opened', () => placeSettings(storage));
  return { settings, placeSettings };
}

export function createServices(ports: Ports): Promise<Services> {
  const sequence = createSequence(ports.clock);
  return createLockable((options) => createRun(ports, { ...options, sequence }));
}

interface OwnRunOptions extends RunOptions {
  /** One for all runs: a page may outlive each of them, and the clock may be set back in between. */
  readonly sequence: Sequence;
}

async function createRun(ports: Ports, options: OwnRunOptions): Promise<Run> {
  const listeners = new Set<(message: EventMessage) => void>();
  const emit = createEmitter(contract, (message) => {
    for (const listener of listeners) listener(message);
  });
  const ended = new AbortController();
  let isLock = false;
  const foundation = createFoundation(dialogsUntil(ended.signal, ports), emit, options);
  const features = createFeatures(foundation, createAccounts(foundation));
  return {
    ...features,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async lock() {
      await foundation.activity.idle();
      await foundation.storage.lock();
      isLock = true;
    },
    async pause() {
      await foundation.activity.idle();
      await foundation.storage.end();
      return foundation.sealedStorage;
    },
    async close() {
      // Before anything is waited for: this comes right after a lock.
      ended.abort(passphraseNeeded());
      await foundation.events.emit('closing', { isLock });
      await ports.embedded?.stop();
    },
  };
}
