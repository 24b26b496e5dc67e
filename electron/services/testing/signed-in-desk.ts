import { vi } from 'vitest';
import type { ConnectionState } from '../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { StoredAccount } from '../accounts/accounts.stored.ts';
import { SignedInAccounts, type SignedInAccountsOptions } from '../accounts/signed-in-accounts.ts';
import { createServiceEmitter } from '../core/service-events.ts';
import { Answers } from '../http/answers.ts';
import { createProviders } from '../provider/kinds/providers.ts';
import type { Provider, ProviderAccount } from '../provider/provider.ts';
import type { RefreshingTokens, Tokens, TokenSource } from '../provider/tokens.ts';
import { createManualClock } from './manual-clock.ts';

export const tokens: RefreshingTokens = {
  kind: 'refreshing',
  access: 'a',
  expiresAt: Number.MAX_SAFE_INTEGER,
  refresh: 'r',
};
export const record: StoredAccount = {
  id: 'one',
  kind: 'reference',
  target: { kind: 'address', address: 'https://profile.example' },
  personId: 'person-1',
  providerName: 'Example',
  person: { name: 'Ada', email: 'ada@example.org', avatar: null },
  isSignedOut: false,
};

export const refuse = (): never => {
  throw new Error('not part of this test');
};

/** A provider that says what a test has it say. */
function makeProvider(address: () => string) {
  const [opened, sources]: [string[], TokenSource[]] = [[], []];
  const describeProvider = vi.fn<Provider['describe']>(() =>
    Promise.resolve({ address: address(), name: 'Example', version: null, ways: ['password'], identityProviders: [] }),
  );
  const refresh = vi.fn<Provider['refresh']>(refuse);
  const whoAmI = vi.fn<ProviderAccount['whoAmI']>(() =>
    Promise.reject(new AppError('unauthenticated', { reason: 'session-ended' })),
  );
  const account = { whoAmI } as Partial<ProviderAccount> as ProviderAccount;
  const provider: Provider = {
    kind: 'reference',
    describesApi: true,
    describe: describeProvider,
    refresh,
    open: (at, source) => {
      opened.push(at);
      sources.push(source);
      return account;
    },
  };
  return { provider, opened, sources, describeProvider, refresh, whoAmI };
}

function makeRegistry(isSignedOut: boolean): SignedInAccountsOptions['registry'] {
  return {
    all: () => Promise.resolve({ version: 1, accounts: [record], currentId: 'one' }),
    get: () => Promise.resolve({ ...record, isSignedOut }),
    has: () => Promise.resolve(true),
    ...{ mustShow: refuse, put: refuse, update: refuse, remove: refuse, select: refuse },
  };
}

/** What services tell each other, noted. */
function makeEvents() {
  const [changes, refusals, ended]: [ConnectionState[], string[], string[]] = [[], [], []];
  const events = createServiceEmitter();
  events.on('state-changed', ({ state }) => changes.push(state));
  events.on('proof-refused', ({ accountId }) => refusals.push(accountId));
  events.on('session-ended', ({ accountId }) => ended.push(accountId));
  return { events, changes, refusals, ended };
}

/** One account that was signed in before this run. */
export function setUpSignedIn({ isSignedOut = false } = {}) {
  let address = 'https://profile.example';
  const { provider, ...asked } = makeProvider(() => address);
  const { events, ...told } = makeEvents();
  const stored = new Map<string, Tokens>([['one', tokens]]);
  const signedIn = new SignedInAccounts({
    registry: makeRegistry(isSignedOut),
    secrets: {
      load: (id) => Promise.resolve(stored.get(id)),
      save: async (id, next) => void stored.set(id, next),
      remove: async (id) => void stored.delete(id),
    },
    refusals: {
      load: () => Promise.resolve({ has: () => false, note: () => undefined }),
      remove: () => Promise.resolve(),
    },
    targets: {
      address: () => Promise.resolve(address),
      ...{ normalise: refuse, demoAccount: refuse, forgetDemoPassword: refuse, eraseEmbedded: refuse },
    },
    providers: createProviders([provider]),
    clock: createManualClock(),
    events,
  });
  const moveTo = (next: string) => (address = next);
  /** What happens meanwhile, once whoever is signed in there was said to be gone. */
  const whileEnding = (act: () => Promise<void>) => events.on('session-ended', act);
  return { signedIn, stored, moveTo, whileEnding, ...asked, ...told };
}

export const succeed = () => {
  Answers.note();
  return Promise.resolve('value');
};
export const fail =
  (...error: ConstructorParameters<typeof AppError>) =>
  () => {
    Answers.note();
    return Promise.reject(new AppError(...error));
  };
