import type { ProviderKind, Target, WayInName } from '../../../shared/contract/account/accounts.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useIdentityAttempt } from '../../patterns/identity-attempt/use-identity-attempt.ts';
import { toWayIn, useSteps } from './sign-in-steps.ts';
import { useBrowserWays } from './use-browser-ways.ts';
import { useDeviceCode, useDeviceWay } from './use-device-way.ts';
import { useTokenWay } from './use-token-way.ts';

export type SignInFlow = ReturnType<typeof useSignIn>;

/**
 * From a chosen provider over the password, or the browser, to a code; `onDone` gets the account's id. `again`: the
 * account that this is about, if there is one.
 */
export function useSignIn(
  onDone: (accountId: string) => Promise<void>,
  again: () => string | undefined = () => undefined,
) {
  const host = useHost();
  const browser = useIdentityAttempt(host);
  const code = useDeviceCode(host);
  const steps = useSteps({ inBrowser: browser.waiting, forCode: code.waiting }, onDone);
  const { step, go, proceed } = steps;
  const { attempt: tryOnce, ...trying } = useAttempt();

  async function attempt(act: () => Promise<void>): Promise<void> {
    await tryOnce(act);
    // What went wrong is told there.
    if (trying.error.value?.reason === 'challenge-expired') steps.askPasswordAgain();
  }

  function choose(typed: Target, expected?: ProviderKind): Promise<void> {
    return attempt(async () => go(toWayIn(typed, await host.calls.accounts.inspect(typed), expected)));
  }

  async function signIn(identifier: string, password: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'password') return;
    const { kind } = current.provider;
    await attempt(async () =>
      proceed(
        await host.calls.auth.signIn({ kind, target: current.target, identifier, password, again: again() }),
        identifier,
      ),
    );
    if (trying.error.value?.reason !== 'wrong-credentials' || current.target.kind !== 'embedded') return;
    // The demo's password may turn out to be another one by now; what is typed stays.
    const provider = await host.calls.accounts.inspect(current.target).catch(() => undefined);
    if (provider && step.value === current) go({ ...current, provider });
  }

  async function submitCode(code: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'code') return;
    await attempt(async () =>
      proceed(await host.calls.auth.submitCode({ challenge: current.challenge, code }), current.identifier),
    );
  }

  function back(): void {
    trying.clear();
    if (browser.waiting.value) browser.cancel();
    else if (code.waiting.value) code.cancel();
    else steps.goBack();
  }

  function takeWay(way: WayInName): void {
    trying.clear();
    steps.takeWay(way);
  }

  const ways = useBrowserWays({ steps, follow: browser.follow, attempt, again });
  const tokenWay = useTokenWay({ steps, attempt, again });
  const deviceWay = useDeviceWay({ host, code, steps, attempt, again });
  const { openAgain } = browser;
  return {
    ...{ ...trying, ...ways, ...tokenWay, ...deviceWay, step, choose, signIn, takeWay, openAgain, submitCode, back },
    codeTrouble: code.trouble,
  };
}
