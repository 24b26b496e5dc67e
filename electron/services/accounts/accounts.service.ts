import type { AccountRegistry } from './account-registry.ts';
import type {
  Account,
  AccountsSnapshot,
  ProviderDescription,
  Target,
} from '../../../shared/contract/account/accounts.ts';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';
import type { AppContract, Emit } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import type { ServiceEmitter } from '../core/service-events.ts';
import type { Clock } from '../ports.ts';
import { findService } from '../provider/kinds/find-service.ts';
import type { TokenWay } from '../provider/provider.ts';
import type { Tokens } from '../provider/tokens.ts';
import { addAccount, personOf, type SignInTarget, type AddAccountDeps } from './add-account.ts';
import type { PresenceCheck } from './presence-check.ts';
import type { StoredAccount } from './accounts.stored.ts';

export interface AccountsService {
  readonly handlers: Handlers<AppContract>['accounts'];
  /**
   * Makes an account of a finished sign-in, or brings back the one that this person already has there. Until their
   * profile can be read (an account that has to turn MFA on first), the person goes by what they signed in with.
   */
  addAccount(to: SignInTarget, tokens: Tokens): Promise<string>;
  /** Keeps what the screen shows of a person beside each account; returns whether it was news. */
  updatePerson(accountId: string, sections: ProfileSnapshot['sections']): Promise<boolean>;
  emitChanged(): Promise<void>;
}

export interface AccountsOptions extends AddAccountDeps {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Asks the provider again and keeps what it says. */
  readonly recheck: (accountId: string) => Promise<unknown>;
  readonly presence: PresenceCheck;
  /** As `Release.clientIds`. */
  readonly clientIds: Readonly<Record<string, string>>;
  readonly events: Pick<ServiceEmitter, 'emit'>;
  readonly emit: Emit<'accounts.changed'>;
}

export function createAccountsService(options: AccountsOptions): AccountsService {
  const { registry, signedIn, providers, recheck, presence, events, emit } = options;

  async function toAccount(record: StoredAccount): Promise<Account> {
    const { id, kind, providerName, person, target } = record;
    return {
      ...{ id, kind, providerName, person },
      address: target.kind === 'address' ? target.address : null,
      state: await signedIn.state(record),
      isPasted: record.isPasted === true,
      tokenEndsAt: record.tokenEndsAt ?? null,
      mayBeDeleted: record.isDeletionUnclear === true,
      describesApi: providers.of(kind).describesApi,
    };
  }

  async function snapshot(): Promise<AccountsSnapshot> {
    const { accounts, currentId } = await registry.all();
    return { accounts: await Promise.all(accounts.map(toAccount)), currentId };
  }

  async function emitChanged(): Promise<void> {
    emit('accounts.changed', await snapshot());
  }

  async function updatePerson(accountId: string, sections: ProfileSnapshot['sections']): Promise<boolean> {
    const person = personOf(sections);
    // A reading may end after its person signed out or was forgotten, and must undo neither.
    const isNews = await registry.update(accountId, ({ isDeletionUnclear, ...now }) =>
      now.isSignedOut || (isSamePerson(now.person, person) && !isDeletionUnclear) ? undefined : { ...now, person },
    );
    if (isNews) await emitChanged();
    return isNews;
  }

  return {
    handlers: {
      list: snapshot,
      inspect: (typed) => inspect(options, typed),
      async select({ id }) {
        await registry.select(id);
        await emitChanged();
        return snapshot();
      },
      async check({ id }) {
        // Whatever the outcome is, it is in the state now.
        await recheck(id).catch(() => undefined);
        return toAccount(await registry.get(id));
      },
      async look() {
        void presence.look();
        return {};
      },
    },
    async addAccount(to, tokens) {
      const { id, profile } = await addAccount(options, to, tokens);
      if (profile) await events.emit('signed-in', { accountId: id, profile });
      await emitChanged();
      return id;
    },
    updatePerson,
    emitChanged,
  };
}

/** What a provider says of itself; of the demo also who can try it. */
async function inspect(options: AccountsOptions, typed: Target): Promise<ProviderDescription> {
  const { registry, targets, providers, clock } = options;
  const target = targets.normalise(typed);
  const typedAddress = await targets.address(target);
  // What runs inside the app is known.
  const candidates = target.kind === 'embedded' ? [providers.of('reference')] : providers.all;
  const [found, demo] = await Promise.all([findService(candidates, typedAddress, clock), targets.demoAccount(target)]);
  const { address, kind, name, version, ways, identityProviders } = found;
  return {
    address,
    kind,
    name,
    version,
    ways: [...ways],
    pasting: pastingAt(providers.of(kind), address),
    clientId: (await clientIdAt(registry, address)) ?? options.clientIds[address] ?? null,
    demo: demo && { ...demo, identifier: (await embeddedEmail(registry)) ?? demo.identifier },
    identityProviders: identityProviders.map((each) => ({ name: each.name, issuer: each.issuer })),
  };
}

function pastingAt(provider: Partial<TokenWay>, address: string): ProviderDescription['pasting'] {
  const found = provider.pastingAt?.(address);
  return found ? { ...found, scopes: [...found.scopes] } : null;
}

function isSamePerson(a: StoredAccount['person'], b: StoredAccount['person']): boolean {
  return a.name === b.name && a.email === b.email && a.avatar === b.avatar;
}

/** Of this app there, as an account that is kept here has it. */
async function clientIdAt(registry: Pick<AccountRegistry, 'all'>, address: string): Promise<string | null> {
  const { accounts } = await registry.all();
  const own = accounts.find(
    ({ target, clientId }) => clientId && target.kind === 'address' && target.address === address,
  );
  return own?.clientId ?? null;
}

/** The address of the demo's person as they last had it; the embedded provider tells the one of its start. */
async function embeddedEmail(registry: Pick<AccountRegistry, 'all'>): Promise<string | undefined> {
  const { accounts } = await registry.all();
  return accounts.find(({ target, person }) => target.kind === 'embedded' && person.email)?.person.email;
}
