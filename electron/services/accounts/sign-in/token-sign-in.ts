import type { SignInResult } from '../../../../shared/contract/account/auth.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { BrowserOpener } from '../../ports.ts';
import { wayIn, type Providers } from '../../provider/kinds/providers.ts';
import type { SignInStep } from '../../provider/provider.ts';
import type { AccountRegistry } from '../account-registry.ts';
import type { SignInTarget } from '../add-account.ts';
import type { Targets } from '../targets/targets.ts';
import { toSignInTarget } from './sign-in-target.ts';

interface TokenSignInDeps {
  readonly providers: Providers;
  readonly targets: Targets;
  readonly registry: Pick<AccountRegistry, 'get'>;
  readonly browser: BrowserOpener;
}

/** A token that the person made at the service and pasted (R2). */
export function createTokenSignIn(
  { providers, targets, registry, browser }: TokenSignInDeps,
  proceed: (to: SignInTarget, step: SignInStep) => Promise<SignInResult>,
): Pick<Handlers<AppContract>['auth'], 'signInWithToken' | 'openPastingPage' | 'registerClient'> {
  return {
    async signInWithToken({ kind, target: typed, token, name = '', again }) {
      const tokensOf = wayIn(providers.of(kind), 'tokensOfPasted');
      const target = targets.normalise(typed);
      const address = await targets.address(target);
      const before = again === undefined ? undefined : await registry.get(again);
      const to = toSignInTarget({ kind, target, address, again: before });
      return proceed(to, { next: 'done', tokens: await tokensOf(address, token, name) });
    },
    async registerClient({ kind, target: typed, token }) {
      const register = wayIn(providers.of(kind), 'registerClient');
      return { clientId: await register(await targets.address(targets.normalise(typed)), token) };
    },
    async openPastingPage({ kind, target: typed }) {
      const pastingAt = wayIn(providers.of(kind), 'pastingAt');
      const address = await targets.address(targets.normalise(typed));
      const page = new URL(pastingAt(address).page);
      if (page.origin !== new URL(address).origin) throw new AppError('untrusted-answer', { reason: 'page-elsewhere' });
      return { address: (await browser.open(page)) ? null : page.href };
    },
  };
}
