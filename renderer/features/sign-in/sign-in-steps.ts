import { computed, shallowRef, type Ref } from 'vue';
import type {
  ProviderDescription,
  ProviderKind,
  Target,
  WayInName,
} from '../../../shared/contract/account/accounts.ts';
import type { DeviceAttempt, SignInResult } from '../../../shared/contract/account/auth.ts';
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
  /** A page of the service will ask for it, or for a code that is shown here (R2). */
  | (FoundService & {
      readonly kind: 'browser' | 'device';
      /** The client id that was tried last, where it is not the known one. */
      readonly tried?: string | undefined;
    })
  /** A token that the person makes at the service (R2). */
  | (FoundService & { readonly kind: 'token' })
  | { readonly kind: 'device-code'; readonly attempt: DeviceAttempt }
  /** In the browser. */
  | { readonly kind: 'identity'; readonly attempt: IdentityAttempt }
  /** `identifier`: as it was typed; empty after the browser. */
  | { readonly kind: 'code'; readonly challenge: string; readonly identifier: string };

/**
 * A page of the service comes first where it has one: the password stays with it. A code on its page is easier than a
 * token once the client id is known.
 */
const byEase: readonly WayInName[] = ['browser', 'password', 'device', 'token'];
const withoutClientId: readonly WayInName[] = ['browser', 'password', 'token', 'device'];
const byToken: readonly WayInName[] = ['password', 'token', 'browser', 'device'];

/** Errors: AppError not-offered. */
export function toWayIn(typed: Target, provider: ProviderDescription, expected?: ProviderKind): SignInStep {
  // What was typed may have been one page of the service.
  const target: Target = typed.kind === 'embedded' ? typed : { kind: 'address', address: provider.address };
  const unmet = expected === provider.kind ? undefined : expected;
  const kind = orderFor(provider).find((way) => provider.ways.includes(way));
  if (!kind) throw new AppError('not-offered');
  return { kind, target, provider, unmet };
}

/**
 * Where a service names the token first, it takes one for a client id too: then it is as good for the sign-in itself.
 */
function orderFor({ clientId, ways }: ProviderDescription): readonly WayInName[] {
  if (clientId !== null) return byEase;
  const namesTokenFirst = ways.includes('token') && ways.indexOf('token') < ways.indexOf('browser');
  return namesTokenFirst ? byToken : withoutClientId;
}

/** Where the person is. While what they do on a page of the service is waited for, that is the step. */
export function useSteps(
  waiting: {
    readonly inBrowser: Readonly<Ref<IdentityAttempt | undefined>>;
    readonly forCode: Readonly<Ref<DeviceAttempt | undefined>>;
  },
  onDone: (accountId: string) => Promise<void>,
) {
  const current = shallowRef<SignInStep>({ kind: 'choose' });
  const step = computed<SignInStep>(() => {
    const [identity, code] = [waiting.inBrowser.value, waiting.forCode.value];
    if (identity) return { kind: 'identity', attempt: identity };
    return code ? { kind: 'device-code', attempt: code } : current.value;
  });
  let beforeCode: SignInStep = current.value;

  return {
    step,
    go: (next: SignInStep): void => void (current.value = next),
    /** Another way into the same account. */
    takeWay(way: WayInName): void {
      const { value: now } = current;
      if (!('provider' in now)) return;
      const { target, provider, unmet } = now;
      current.value = { kind: way, target, provider, unmet };
    },
    async proceed(result: SignInResult, identifier = ''): Promise<void> {
      if (result.next === 'done') return onDone(result.accountId);
      if (current.value.kind === 'password') beforeCode = current.value;
      current.value = { kind: 'code', challenge: result.challenge, identifier };
    },
    goBack: (): void => void (current.value = current.value.kind === 'code' ? beforeCode : { kind: 'choose' }),
    askPasswordAgain: (): void => void (current.value = beforeCode),
  };
}
