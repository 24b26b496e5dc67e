import { useHost } from '../../host/host.ts';
import type { useSteps } from './sign-in-steps.ts';

interface TokenWayOptions {
  readonly steps: Pick<ReturnType<typeof useSteps>, 'step' | 'proceed'>;
  /** Tells why it failed. */
  readonly attempt: (act: () => Promise<void>) => Promise<void>;
  /** The account that this is about, if there is one. */
  readonly again: () => string | undefined;
}

/** The way in by a token that the person makes at the service and pastes (R2). */
export function useTokenWay({ steps: { step, proceed }, attempt, again }: TokenWayOptions) {
  const { auth } = useHost().calls;
  return {
    /** `name`: what goes with a key, where the service asks for that. */
    async signInWithToken(token: string, name?: string): Promise<void> {
      const current = step.value;
      if (current.kind !== 'token') return;
      const { target, provider } = current;
      await attempt(async () =>
        proceed(await auth.signInWithToken({ kind: provider.kind, target, token, name, again: again() })),
      );
    },
  };
}
