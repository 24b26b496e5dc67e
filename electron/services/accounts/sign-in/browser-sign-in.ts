import type { SignInResult } from '../../../../shared/contract/account/auth.ts';
import type { IdentityAttempt } from '../../../../shared/contract/account/linked-accounts.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { CallInput } from '../../../../shared/rpc/define.ts';
import type { Attempts } from '../../openid/attempts.ts';
import type { SignInStep } from '../../provider/provider.ts';
import { wayIn, type Providers } from '../../provider/kinds/providers.ts';
import type { AccountRegistry } from '../account-registry.ts';
import type { SignInTarget } from '../add-account.ts';
import type { Targets } from '../targets/targets.ts';
import { toSignInTarget } from './sign-in-target.ts';

interface BrowserSignInDeps {
  readonly providers: Providers;
  readonly targets: Targets;
  readonly registry: Pick<AccountRegistry, 'get'>;
  readonly signIns: Attempts<SignInResult>;
}

type Asked = CallInput<AppContract, 'auth', 'beginBrowserSignIn'>;

/** The page of the service itself, in the system's browser (R2): its address is the issuer. */
export async function beginInBrowser(
  { providers, targets, registry, signIns }: BrowserSignInDeps,
  { kind, target: typed, clientId, again }: Asked,
  proceed: (to: SignInTarget, step: SignInStep) => Promise<SignInResult>,
): Promise<IdentityAttempt> {
  const provider = providers.of(kind);
  const tokensOf = wayIn(provider, 'tokensOf');
  const target = targets.normalise(typed);
  const address = await targets.address(target);
  const before = again === undefined ? undefined : await registry.get(again);
  const to = toSignInTarget({ kind, target, address, again: before, clientId });
  return signIns.begin({
    client: { name: to.identifier, issuer: address, clientId },
    extras: {
      parameters: {
        ...(provider.browserScopes && { scope: provider.browserScopes.join(' ') }),
        // The browser may have a session left open: at least it is told who is expected.
        ...(before && { login_hint: before.person.email || before.person.name }),
      },
    },
    complete: (grant) => proceed(to, { next: 'done', tokens: tokensOf(grant) }),
  });
}
