import { useHost } from '../../host/host.ts';
import type { useIdentityAttempt } from '../../patterns/identity-attempt/use-identity-attempt.ts';
import type { useSteps } from './sign-in-steps.ts';

interface BrowserWaysOptions {
  readonly steps: Pick<ReturnType<typeof useSteps>, 'step' | 'go' | 'proceed'>;
  readonly follow: ReturnType<typeof useIdentityAttempt>['follow'];
  /** Tells why it failed. */
  readonly attempt: (act: () => Promise<void>) => Promise<void>;
  /** The account that this is about, if there is one. */
  readonly again: () => string | undefined;
}

/** The ways in that lead through the browser: a page of the service (R2), or of a linked identity's provider (C3). */
export function useBrowserWays({ steps: { step, go, proceed }, follow, attempt, again }: BrowserWaysOptions) {
  const { auth } = useHost().calls;

  async function signInInBrowser(clientId: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'browser') return;
    const { target, provider } = current;
    go({ ...current, tried: clientId === provider.clientId ? undefined : clientId });
    await attempt(async () => {
      const result = await follow(
        () => auth.beginBrowserSignIn({ kind: provider.kind, target, clientId, again: again() }),
        (id) => auth.finishBrowserSignIn({ attempt: id }),
      );
      await proceed(result);
    });
  }

  async function signInWithIdentity(issuer: string): Promise<void> {
    const current = step.value;
    if (current.kind !== 'password') return;
    const { target, provider } = current;
    await attempt(async () => {
      const result = await follow(
        () => auth.signInWithIdentity({ kind: provider.kind, target, issuer, again: again() }),
        (id) => auth.finishIdentitySignIn({ attempt: id }),
      );
      await proceed(result);
    });
  }

  return { signInInBrowser, signInWithIdentity };
}
