import type { SignInResult } from '../../../shared/contract/auth.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { Handlers } from '../../../shared/rpc/define.ts';
import { plainAddress, plainCharacters } from '../../../shared/typed-text.ts';
import type { ConnectionRegistry } from '../connections/connection-registry.ts';
import type { Admission } from '../connections/admit-account.ts';
import type { ConnectionsService } from '../connections/connections.service.ts';
import type { LiveConnections } from '../connections/live-connections.ts';
import { findClient, type IdentitiesService } from '../identities/identities.service.ts';
import type { Targets } from '../connections/targets.ts';
import type { Clock, Log } from '../ports.ts';
import type { Provider, SignInStep } from '../providers/provider.ts';
import { Challenges } from './challenges.ts';
import type { Leaving } from './leave-connection.ts';

export interface AuthOptions {
  readonly provider: Provider;
  readonly targets: Targets;
  readonly registry: ConnectionRegistry;
  readonly live: LiveConnections;
  readonly connections: ConnectionsService;
  readonly identities: Pick<IdentitiesService, 'signIns'>;
  readonly leaving: Leaving;
  readonly clock: Clock;
  readonly log: Log;
}

type Ways = Handlers<AppContract>['auth'];

export function createAuthService(options: AuthOptions): Ways {
  return { ...createSignIn(options), ...createSignOut(options) };
}

function createSignIn({ provider, targets, connections, identities, clock }: AuthOptions): Omit<Ways, 'signOut'> {
  const challenges = new Challenges(clock);

  async function proceed(to: Admission, step: SignInStep): Promise<SignInResult> {
    if (step.next === 'done') return { next: 'done', connectionId: await connections.admit(to, step.tokens) };
    const expiresAt = clock.now() + step.expiresIn * 1_000;
    return {
      next: 'code',
      challenge: challenges.add({ to, remote: step.challenge, expiresAt }),
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }

  return {
    async signIn({ target: typed, identifier: name, password, again }) {
      const [target, identifier] = [targets.normalise(typed), plainAddress(name) || name];
      return proceed(
        { target, identifier, again },
        await provider.signIn(await targets.address(target), { identifier, password }),
      );
    },
    async submitCode({ challenge, code }) {
      const found = challenges.get(challenge);
      const step = await provider.submitCode(await targets.address(found.to.target), found.remote, readCode(code));
      challenges.remove(challenge);
      return proceed(found.to, step);
    },
    async signInWithIdentity({ target: typed, issuer, again }) {
      const target = targets.normalise(typed);
      const address = await targets.address(target);
      const client = findClient((await provider.describe(address)).identityProviders, issuer);
      return identities.signIns.begin({
        client,
        askNonce: () => provider.identityNonce(address, issuer),
        complete: async (idToken) =>
          proceed(
            { target, identifier: client.name, again },
            await provider.signInWithIdentity(address, issuer, idToken),
          ),
      });
    },
    finishIdentitySignIn: ({ attempt }) => identities.signIns.finish(attempt),
    async requestPasswordReset({ target, identifier }) {
      await provider.requestPasswordReset(await targets.address(targets.normalise(target)), identifier);
      return {};
    },
  };
}

function createSignOut({ registry, live, leaving, log }: AuthOptions): Pick<Ways, 'signOut'> {
  /** Best effort: without the provider the session ends there by itself, and the screen says so. */
  async function tellProvider(connectionId: string): Promise<boolean> {
    try {
      await live.request(connectionId, (account) => account.signOut());
      return true;
    } catch (error) {
      log.warn('the provider was not told of a sign-out', {
        code: error instanceof AppError ? error.code : 'unexpected',
      });
      // A session that the provider has ended already needs no telling.
      return error instanceof AppError && error.code === 'unauthenticated';
    }
  }

  return {
    async signOut({ connectionId, forget }) {
      const record = await registry.get(connectionId);
      const providerTold = record.isSignedOut || (await tellProvider(connectionId));
      await (forget ? leaving.forget(connectionId) : leaving.rest(connectionId));
      return { providerTold };
    },
  };
}

/** In digits of any script; what is a code at that service the service says. */
function readCode(typed: string): string {
  return plainCharacters(typed).trim() || typed;
}
