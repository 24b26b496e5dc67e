import { onScopeDispose, shallowReadonly, shallowRef } from 'vue';
import type { HandOffAttempt, HandOffOutcome } from '../../../shared/contract/account/hand-off.ts';
import type { Operation } from '../../../shared/contract/account/operations.ts';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { useHost } from '../../host/host.ts';
import { asErrorShape } from '../../lib/errors/error-shape.ts';
import { useEventListener } from '../../lib/use-event-listener.ts';

/** One operation on a page of the service, from the press until its outcome was read. */
export interface HandOffRun {
  readonly operation: Operation;
  /** Which one, where there are several. */
  readonly of: string | undefined;
  /** Absent while the page is being opened. */
  readonly attempt?: HandOffAttempt;
  /** How it ended, or why nobody knows. */
  readonly outcome?: HandOffOutcome;
  readonly error?: ErrorShape;
}

interface HandOffOptions {
  readonly accountId: () => string;
  /** The service tells something else than before: what is shown of it is to be read again. */
  readonly onDone: () => void;
}

/** What only a page of the service can do (R1): opened in the browser, then looked up. */
export function useHandOff({ accountId, onDone }: HandOffOptions) {
  const { handOff } = useHost().calls;
  const run = shallowRef<HandOffRun>();
  /** What comes of an earlier one is nothing to this one. */
  let turn = 0;
  const { isChecking, finding, check, forget } = useCheck(() => run.value?.attempt?.attempt);

  async function begin(operation: Operation, of?: string): Promise<void> {
    close();
    const mine = turn;
    run.value = { operation, of };
    const change = (to: Partial<HandOffRun>): void => {
      if (mine === turn && run.value) run.value = { ...run.value, ...to };
    };
    try {
      const attempt = await handOff.begin({ accountId: accountId(), operation, ...(of !== undefined && { of }) });
      if (mine !== turn) return cancel(attempt);
      change({ attempt });
      const { outcome } = await handOff.finish({ attempt: attempt.attempt });
      change({ outcome });
      if (mine === turn && outcome === 'done') onDone();
    } catch (error) {
      change({ error: asErrorShape(error) });
    }
  }

  async function openAgain(): Promise<void> {
    const { attempt } = run.value?.attempt ?? {};
    if (attempt === undefined) return;
    // If it is over by now, its end says why.
    const opened = await handOff.openAgain({ attempt }).catch(() => undefined);
    if (opened && run.value?.attempt?.attempt === attempt) run.value = { ...run.value, attempt: opened };
  }

  function cancel({ attempt }: HandOffAttempt): void {
    // If the services cannot be asked, they are gone, and the attempt with them.
    handOff.cancel({ attempt }).catch(() => undefined);
  }

  /** What was done on the page stays done. */
  function close(): void {
    const { attempt, outcome, error } = run.value ?? {};
    run.value = undefined;
    turn += 1;
    forget();
    if (attempt && !outcome && !error) cancel(attempt);
  }

  // Who leaves the screen would not learn how it ended.
  onScopeDispose(close, true);

  return { run: shallowReadonly(run), isChecking, finding, begin, openAgain, check, close };
}

/** A look at the service while the page is still open. */
function useCheck(attemptId: () => string | undefined) {
  const { handOff } = useHost().calls;
  const isChecking = shallowRef(false);
  /** What a person who said to be done is told: that nothing has changed, or why that cannot be seen. */
  const finding = shallowRef<'unchanged' | ErrorShape>();

  async function look(tell: (found: 'unchanged' | ErrorShape) => void): Promise<void> {
    const attempt = attemptId();
    if (attempt === undefined || isChecking.value) return;
    isChecking.value = true;
    finding.value = undefined;
    try {
      const { outcome } = await handOff.check({ attempt });
      if (outcome === 'unknown' && attempt === attemptId()) tell('unchanged');
    } catch (error) {
      const shape = asErrorShape(error);
      // Over by now: its end says how.
      if (shape.code !== 'not-found' && attempt === attemptId()) tell(shape);
    } finally {
      isChecking.value = false;
    }
  }

  // Who comes back from the browser may be done; who only looked in is not told anything.
  useEventListener('focus', () => void look(() => undefined));

  return {
    isChecking: shallowReadonly(isChecking),
    finding: shallowReadonly(finding),
    check: () => look((found) => (finding.value = found)),
    forget: (): void => void (finding.value = undefined),
  };
}
