import { shallowReadonly, shallowRef } from 'vue';
import type { SignInResult } from '../../../shared/contract/auth.ts';
import type { ProviderDescription, Target } from '../../../shared/contract/connections.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';

export type SignInStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'password'; readonly target: Target; readonly provider: ProviderDescription }
  | { readonly kind: 'code'; readonly challenge: string };

/** From a chosen provider over the password to a code; `onDone` gets the connection's id. */
export function useSignIn(onDone: (connectionId: string) => Promise<void>) {
  const host = useHost();
  const step = shallowRef<SignInStep>({ kind: 'choose' });
  const { error, isBusy, lockedUntil, attempt: tryOnce, clear } = useAttempt();

  async function attempt(act: () => Promise<void>): Promise<void> {
    await tryOnce(act);
    // The password has to be given again; what went wrong is told there.
    if (error.value?.reason === 'challenge-expired') step.value = beforeCode;
  }

  let beforeCode: SignInStep = step.value;

  async function proceed(result: SignInResult): Promise<void> {
    if (result.next === 'done') return onDone(result.connectionId);
    if (step.value.kind === 'password') beforeCode = step.value;
    step.value = { kind: 'code', challenge: result.challenge };
  }

  function choose(target: Target): Promise<void> {
    return attempt(async () => {
      step.value = { kind: 'password', target, provider: await host.calls.connections.inspect(target) };
    });
  }

  async function signIn(identifier: string, password: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'password') return;
    await attempt(async () => proceed(await host.calls.auth.signIn({ target: current.target, identifier, password })));
  }

  async function submitCode(code: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'code') return;
    await attempt(async () => proceed(await host.calls.auth.submitCode({ challenge: current.challenge, code })));
  }

  function back(): void {
    clear();
    step.value = step.value.kind === 'code' ? beforeCode : { kind: 'choose' };
  }

  return {
    step: shallowReadonly(step),
    error,
    isBusy,
    lockedUntil,
    choose,
    signIn,
    submitCode,
    back,
    clear,
  };
}
