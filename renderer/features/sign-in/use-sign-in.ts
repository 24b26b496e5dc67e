import { computed, shallowReadonly, shallowRef } from 'vue';
import type { SignInResult } from '../../../shared/contract/auth.ts';
import type { ProviderDescription, Target } from '../../../shared/contract/connections.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { useHost } from '../../host/host.ts';
import { asErrorShape } from '../../lib/error-shape.ts';

export type SignInStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'password'; readonly target: Target; readonly provider: ProviderDescription }
  | { readonly kind: 'code'; readonly challenge: string };

/** From a chosen provider over the password to a code; `onDone` gets the connection's id. */
export function useSignIn(onDone: (connectionId: string) => Promise<void>) {
  const host = useHost();
  const step = shallowRef<SignInStep>({ kind: 'choose' });
  const error = shallowRef<ErrorShape>();
  const isBusy = shallowRef(false);
  /** Milliseconds since the epoch until which another try makes no sense; 0 for none. */
  const lockedUntil = shallowRef(0);

  /** One request at a time: a second press while one runs is the same press. */
  async function attempt(act: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    error.value = undefined;
    try {
      await act();
    } catch (reason) {
      error.value = asErrorShape(reason);
      const { code, retryAfter } = error.value;
      if (code === 'rate-limited' && retryAfter) lockedUntil.value = Date.now() + retryAfter * 1_000;
      // The password has to be given again; what went wrong is told there.
      if (error.value.reason === 'challenge-expired') step.value = beforeCode;
    } finally {
      isBusy.value = false;
    }
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
    error.value = undefined;
    lockedUntil.value = 0;
    step.value = step.value.kind === 'code' ? beforeCode : { kind: 'choose' };
  }

  return {
    step: shallowReadonly(step),
    error: shallowReadonly(error),
    isBusy: shallowReadonly(isBusy),
    lockedUntil: computed(() => lockedUntil.value),
    choose,
    signIn,
    submitCode,
    back,
  };
}
