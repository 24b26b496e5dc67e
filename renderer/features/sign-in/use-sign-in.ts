import { computed, shallowRef } from 'vue';
import type { SignInResult } from '../../../shared/contract/auth.ts';
import type { ProviderDescription, Target } from '../../../shared/contract/connections.ts';
import type { IdentityAttempt } from '../../../shared/contract/identities.ts';
import { useHost } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';
import { useIdentityAttempt } from '../identities/use-identity-attempt.ts';

export type SignInStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'password'; readonly target: Target; readonly provider: ProviderDescription }
  /** In the browser. */
  | { readonly kind: 'identity'; readonly attempt: IdentityAttempt }
  | { readonly kind: 'code'; readonly challenge: string };

/** From a chosen provider over the password to a code; `onDone` gets the connection's id. `again`: the connection that this is about, if there is one. */
export function useSignIn(
  onDone: (connectionId: string) => Promise<void>,
  again: () => string | undefined = () => undefined,
) {
  const host = useHost();
  const { waiting, follow, openAgain, cancel } = useIdentityAttempt(host);
  const here = shallowRef<SignInStep>({ kind: 'choose' });
  const step = computed<SignInStep>(() => (waiting.value ? { kind: 'identity', attempt: waiting.value } : here.value));
  const { error, isBusy, lockedUntil, attempt: tryOnce, clear } = useAttempt();

  async function attempt(act: () => Promise<void>): Promise<void> {
    await tryOnce(act);
    // The password has to be given again; what went wrong is told there.
    if (error.value?.reason === 'challenge-expired') here.value = beforeCode;
  }

  let beforeCode: SignInStep = here.value;

  async function proceed(result: SignInResult): Promise<void> {
    if (result.next === 'done') return onDone(result.connectionId);
    if (here.value.kind === 'password') beforeCode = here.value;
    here.value = { kind: 'code', challenge: result.challenge };
  }

  function choose(target: Target): Promise<void> {
    return attempt(async () => {
      here.value = { kind: 'password', target, provider: await host.calls.connections.inspect(target) };
    });
  }

  async function signIn(identifier: string, password: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'password') return;
    await attempt(async () =>
      proceed(await host.calls.auth.signIn({ target: current.target, identifier, password, again: again() })),
    );
  }

  async function signInWithIdentity(issuer: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'password') return;
    const { target } = current;
    await attempt(async () => {
      const { signInWithIdentity: begin, finishIdentitySignIn: finish } = host.calls.auth;
      await proceed(
        await follow(
          () => begin({ target, issuer, again: again() }),
          (id) => finish({ attempt: id }),
        ),
      );
    });
  }

  async function submitCode(code: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'code') return;
    await attempt(async () => proceed(await host.calls.auth.submitCode({ challenge: current.challenge, code })));
  }

  function back(): void {
    clear();
    if (waiting.value) cancel();
    else here.value = here.value.kind === 'code' ? beforeCode : { kind: 'choose' };
  }

  return {
    step,
    error,
    isBusy,
    lockedUntil,
    choose,
    signIn,
    signInWithIdentity,
    openAgain,
    submitCode,
    back,
    clear,
  };
}
