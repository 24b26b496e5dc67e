import { onScopeDispose, shallowReadonly, shallowRef } from 'vue';
import type { DeviceAttempt } from '../../../shared/contract/account/auth.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { Host } from '../../host/host.ts';
import type { useSteps } from './sign-in-steps.ts';

interface DeviceWayOptions {
  readonly host: Host;
  readonly code: ReturnType<typeof useDeviceCode>;
  readonly steps: Pick<ReturnType<typeof useSteps>, 'step' | 'go' | 'proceed'>;
  /** Tells why it failed. */
  readonly attempt: (act: () => Promise<void>) => Promise<void>;
  /** The account that this is about, if there is one. */
  readonly again: () => string | undefined;
}

/** A code that waits to be typed on a page of the service. */
export function useDeviceCode(host: Host) {
  const waiting = shallowRef<DeviceAttempt>();
  /** Why the service cannot be asked just now whether it was. */
  const trouble = shallowRef<ErrorShape>();

  async function follow<T>(begin: () => Promise<DeviceAttempt>, finish: (attempt: string) => Promise<T>): Promise<T> {
    const begun = await begin();
    [waiting.value, trouble.value] = [begun, undefined];
    try {
      return await finish(begun.attempt);
    } finally {
      if (waiting.value?.attempt === begun.attempt) waiting.value = undefined;
    }
  }

  /** What waits for it ends with `cancelled`. */
  function cancel(): void {
    const { attempt } = waiting.value ?? {};
    // If the services cannot be asked, they are gone, and the attempt with them.
    if (attempt !== undefined) host.calls.auth.cancelDeviceSignIn({ attempt }).catch(() => undefined);
  }

  const forget = host.on('auth.deviceSignInWaits', ({ attempt, cause }) => {
    if (waiting.value?.attempt === attempt) trouble.value = cause ?? undefined;
  });
  // Who leaves the screen would not learn how it ended.
  onScopeDispose(() => {
    forget();
    cancel();
  }, true);

  return { waiting: shallowReadonly(waiting), trouble: shallowReadonly(trouble), follow, cancel };
}

/** The way in by a code that is typed on a page of the service (R2). */
export function useDeviceWay({ host, code, steps: { step, go, proceed }, attempt, again }: DeviceWayOptions) {
  const { auth } = host.calls;
  return {
    async signInByDevice(clientId: string): Promise<void> {
      const current = step.value;
      if (current.kind !== 'device') return;
      const { target, provider } = current;
      go({ ...current, tried: clientId === provider.clientId ? undefined : clientId });
      await attempt(async () => {
        const result = await code.follow(
          () => auth.beginDeviceSignIn({ kind: provider.kind, target, clientId, again: again() }),
          (id) => auth.finishDeviceSignIn({ attempt: id }),
        );
        await proceed(result);
      });
    },
  };
}
