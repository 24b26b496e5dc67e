import type { SignInResult } from '../../../../shared/contract/account/auth.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { plainAddress, plainCharacters } from '../../../../shared/typed-text.ts';
import type { AccountRegistry } from '../account-registry.ts';
import type { SignInTarget } from '../add-account.ts';
import type { AccountsService } from '../accounts.service.ts';
import type { DeviceTokens } from '../device-tokens.ts';
import type { SignedInAccounts } from '../signed-in-accounts.ts';
import type { Targets } from '../targets/targets.ts';
import type { BrowserOpener, Clock, Log } from '../../ports.ts';
import type { Attempts } from '../../openid/attempts.ts';
import { findClient } from '../../openid/find-client.ts';
import type { SignInStep } from '../../provider/provider.ts';
import { wayIn, type Providers } from '../../provider/kinds/providers.ts';
import { beginInBrowser } from './browser-sign-in.ts';
import { Challenges } from './challenges.ts';
import type { DeviceAttempts } from './device-attempts.ts';
import { createDeviceSignIn } from './device-sign-in.ts';
import { createDemoCare, type DemoCare } from './demo-care.ts';
import type { Leaving } from './leave-account.ts';
import { notifyProvider } from './notify-provider.ts';
import { createTokenSignIn } from './token-sign-in.ts';

export interface AuthOptions {
  readonly providers: Providers;
  readonly targets: Targets;
  readonly registry: AccountRegistry;
  readonly signedIn: SignedInAccounts;
  readonly accounts: AccountsService;
  readonly deviceTokens: Pick<DeviceTokens, 'find'>;
  /** The attempts to sign in at an identity provider. */
  readonly signIns: Attempts<SignInResult>;
  readonly deviceSignIns: DeviceAttempts<SignInResult>;
  readonly leaving: Leaving;
  readonly browser: BrowserOpener;
  readonly clock: Clock;
  readonly log: Log;
}

type Ways = Handlers<AppContract>['auth'];

export function createAuthService(options: AuthOptions): Ways {
  const demo = createDemoCare(options);
  return { ...createSignIn(options, demo), ...createSignOut(options), renewDemo: () => demo.renew() };
}

function createSignIn(options: AuthOptions, demo: Pick<DemoCare, 'onRefused'>): Omit<Ways, 'signOut' | 'renewDemo'> {
  const { providers, targets, accounts, deviceTokens, signIns, clock } = options;
  const challenges = new Challenges(clock);

  async function proceed(to: SignInTarget, step: SignInStep): Promise<SignInResult> {
    if (step.next === 'done') return { next: 'done', accountId: await accounts.addAccount(to, step.tokens) };
    const expiresAt = clock.now() + step.expiresIn * 1_000;
    return {
      next: 'code',
      challenge: challenges.add({ to, remote: step.challenge, expiresAt }),
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }

  return {
    async signIn({ kind, target: typed, identifier: name, password, again }) {
      const [target, identifier] = [targets.normalise(typed), plainAddress(name) || name];
      const signIn = wayIn(providers.of(kind), 'signIn');
      const deviceToken = await deviceTokens.find({ kind, target, identifier, again });
      const step = await signIn(await targets.address(target), { identifier, password, deviceToken }).catch(
        async (error: unknown) => {
          await demo.onRefused(target, { identifier, password }, error);
          throw error;
        },
      );
      return proceed({ kind, target, identifier, again }, step);
    },
    async submitCode({ challenge, code }) {
      const found = challenges.get(challenge);
      const submit = wayIn(providers.of(found.to.kind), 'submitCode');
      const step = await submit(await targets.address(found.to.target), found.remote, readCode(code));
      challenges.remove(challenge);
      return proceed(found.to, step);
    },
    async signInWithIdentity({ kind, target: typed, issuer, again }) {
      const target = targets.normalise(typed);
      const provider = providers.of(kind);
      const [askNonce, signIn] = [wayIn(provider, 'identityNonce'), wayIn(provider, 'signInWithIdentity')];
      const address = await targets.address(target);
      const client = findClient((await provider.describe(address)).identityProviders, issuer);
      return signIns.begin({
        client,
        askNonce: () => askNonce(address, issuer),
        complete: async ({ idToken }) =>
          proceed({ kind, target, identifier: client.name, again }, await signIn(address, issuer, idToken)),
      });
    },
    finishIdentitySignIn: ({ attempt }) => signIns.finish(attempt),
    beginBrowserSignIn: (input) => beginInBrowser(options, input, proceed),
    finishBrowserSignIn: ({ attempt }) => signIns.finish(attempt),
    ...createTokenSignIn(options, proceed),
    ...createDeviceSignIn(options, proceed),
    async requestPasswordReset({ kind, target, identifier }) {
      await wayIn(providers.of(kind), 'requestPasswordReset')(
        await targets.address(targets.normalise(target)),
        identifier,
      );
      return {};
    },
  };
}

function createSignOut({ registry, signedIn, leaving, log }: AuthOptions): Pick<Ways, 'signOut'> {
  return {
    async signOut({ accountId, forget, revoke = false }) {
      const record = await registry.get(accountId);
      // Of any other sign-in there is no token to revoke: its session ends as ever.
      const revokes = revoke && record.isPasted === true;
      const providerNotified = record.isSignedOut || (await notifyProvider({ signedIn, log }, accountId, revokes));
      await (forget ? leaving.forget(accountId) : leaving.signOut(accountId));
      const staysSignedIn = !providerNotified && record.isLasting === true;
      return { providerNotified, ...(staysSignedIn && { staysSignedIn }) };
    },
  };
}

/** In digits of any script; what is a code at that service the service says. */
function readCode(typed: string): string {
  return plainCharacters(typed).trim() || typed;
}
