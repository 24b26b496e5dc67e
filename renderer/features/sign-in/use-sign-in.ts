import { computed, shallowRef, type Ref } from 'vue';
import { AppError } from '../../../shared/contract/errors.ts';
import type { SignInResult } from '../../../shared/contract/account/auth.ts';
import type { ProviderDescription, Target } from '../../../shared/contract/account/accounts.ts';
import type { IdentityAttempt } from '../../../shared/contract/account/linked-accounts.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useIdentityAttempt } from '../../patterns/identity-attempt/use-identity-attempt.ts';

type SignInStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'password'; readonly target: Target; readonly provider: ProviderDescription }
  /** In the browser. */
  | { readonly kind: 'identity'; readonly attempt: IdentityAttempt }
  /** `identifier`: as it was typed; empty after the browser. */
  | { readonly kind: 'code'; readonly challenge: string; readonly identifier: string };

/**
 * From a chosen provider over the password to a code; `onDone` gets the account's id. `again`: the account that
 * this is about, if there is one.
 */
export function useSignIn(
  onDone: (accountId: string) => Promise<void>,
  again: () => string | undefined = () => undefined,
) {
  const host = useHost();
  const { waiting, follow, openAgain, cancel } = useIdentityAttempt(host);
  const { step, go, proceed, goBack, askPasswordAgain } = useSteps(waiting, onDone);
  const { attempt: tryOnce, ...trying } = useAttempt();

  async function attempt(act: () => Promise<void>): Promise<void> {
    await tryOnce(act);
    // What went wrong is told there.
    if (trying.error.value?.reason === 'challenge-expired') askPasswordAgain();
  }

  function choose(target: Target): Promise<void> {
    return attempt(async () => {
      go({ kind: 'password', target, provider: refuseOtherWays(await host.calls.accounts.inspect(target)) });
    });
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

  async function signInWithIdentity(issuer: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'password') return;
    const { target, provider } = current;
    await attempt(async () => {
      const { signInWithIdentity: begin, finishIdentitySignIn: finish } = host.calls.auth;
      await proceed(
        await follow(
          () => begin({ kind: provider.kind, target, issuer, again: again() }),
          (id) => finish({ attempt: id }),
        ),
      );
    });
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
    if (waiting.value) cancel();
    else goBack();
  }

  return { ...trying, step, choose, signIn, signInWithIdentity, openAgain, submitCode, back };
}

/** A password must not be typed for a service that asks for it on its own page; that way in has no screen yet. */
function refuseOtherWays(provider: ProviderDescription): ProviderDescription {
  if (!provider.ways.includes('password')) throw new AppError('not-offered');
  return provider;
}

/** Where the person is. While an attempt in the browser is waited for, that is the step. */
function useSteps(waiting: Readonly<Ref<IdentityAttempt | undefined>>, onDone: (accountId: string) => Promise<void>) {
  const current = shallowRef<SignInStep>({ kind: 'choose' });
  const step = computed<SignInStep>(() =>
    waiting.value ? { kind: 'identity', attempt: waiting.value } : current.value,
  );
  let beforeCode: SignInStep = current.value;

  return {
    step,
    go: (next: SignInStep): void => void (current.value = next),
    async proceed(result: SignInResult, identifier = ''): Promise<void> {
      if (result.next === 'done') return onDone(result.accountId);
      if (current.value.kind === 'password') beforeCode = current.value;
      current.value = { kind: 'code', challenge: result.challenge, identifier };
    },
    goBack: (): void => void (current.value = current.value.kind === 'code' ? beforeCode : { kind: 'choose' }),
    askPasswordAgain: (): void => void (current.value = beforeCode),
  };
}
