import { computed, shallowRef, type Ref } from 'vue';
import type { ProviderDescription, ProviderKind, Target } from '../../../shared/contract/account/accounts.ts';
import type { SignInResult } from '../../../shared/contract/account/auth.ts';
import type { IdentityAttempt } from '../../../shared/contract/account/linked-accounts.ts';
import { AppError } from '../../../shared/contract/errors.ts';

interface FoundService {
  readonly target: Target;
  readonly provider: ProviderDescription;
  /** What the person said is there, where something else is. */
  readonly unmet?: ProviderKind | undefined;
}

export type SignInStep =
  | { readonly kind: 'choose' }
  | (FoundService & { readonly kind: 'password' })
  /** A page of the service will ask for it (R2). */
  | (FoundService & {
      readonly kind: 'browser';
      /** The client id that was tried last, where it is not the known one. */
      readonly tried?: string | undefined;
    })
  /** A token that the person makes at the service (R2). */
  | (FoundService & { readonly kind: 'token' })
  /** In the browser. */
  | { readonly kind: 'identity'; readonly attempt: IdentityAttempt }
  /** `identifier`: as it was typed; empty after the browser. */
  | { readonly kind: 'code'; readonly challenge: string; readonly identifier: string };

/** A page of the service comes first where it has one: the password stays with it. Errors: AppError not-offered. */
export function toWayIn(typed: Target, provider: ProviderDescription, expected?: ProviderKind): SignInStep {
  // What was typed may have been one page of the service.
  const target: Target = typed.kind === 'embedded' ? typed : { kind: 'address', address: provider.address };
  const unmet = expected === provider.kind ? undefined : expected;
  if (provider.ways.includes('browser')) return { kind: 'browser', target, provider, unmet };
  if (provider.ways.includes('password')) return { kind: 'password', target, provider, unmet };
  if (provider.ways.includes('token')) return { kind: 'token', target, provider, unmet };
  throw new AppError('not-offered');
}

/** Where the person is. While an attempt in the browser is waited for, that is the step. */
export function useSteps(
  waiting: Readonly<Ref<IdentityAttempt | undefined>>,
  onDone: (accountId: string) => Promise<void>,
) {
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
