import { shallowReadonly, shallowRef, type Ref } from 'vue';
import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import type { CloseResult, SessionsSnapshot } from '../../../shared/contract/account/sessions.ts';
import type { Host } from '../../host/host.ts';
import { useAttempt } from '../../lib/use-attempt.ts';

interface ClosingOptions {
  readonly host: Host;
  readonly accountId: Readonly<Ref<string>>;
  readonly snapshot: Readonly<Ref<SessionsSnapshot | undefined>>;
  readonly apply: (snapshot: SessionsSnapshot) => void;
  /** All of them are closed. */
  readonly onClosed: (count: number) => void;
}

interface Answer {
  readonly results: readonly CloseResult[];
  readonly snapshot: SessionsSnapshot | null;
}

/** Session id → why it is open still. */
export type Failures = ReadonlyMap<string, ErrorShape>;

const noIds: ReadonlySet<string> = new Set();
const noFailures: Failures = new Map();

/** Closing sessions of the account that is shown, and what came of it (E9). */
export function useClosing({ host, accountId, snapshot, apply, onClosed }: ClosingOptions) {
  const { isBusy, error, attempt, clear } = useAttempt();
  const closing = shallowRef(noIds);
  const closedCount = shallowRef(0);
  const failures = shallowRef(noFailures);

  function forget(): void {
    clear();
    closedCount.value = 0;
    failures.value = noFailures;
  }

  function take({ results, snapshot: next }: Answer): void {
    const failed = results.flatMap((result): [string, ErrorShape][] =>
      result.error ? [[result.id, result.error]] : [],
    );
    failures.value = new Map(failed);
    closedCount.value = results.length - failed.length;
    if (failed.length === 0 && results.length > 0) onClosed(results.length);
    if (next) apply(next);
    else takeOut(new Set(results.filter((result) => !result.error).map((result) => result.id)));
  }

  /** The list could not be read afterwards: what is closed goes from the one that is shown. */
  function takeOut(closed: ReadonlySet<string>): void {
    const shown = snapshot.value;
    if (shown) apply({ ...shown, sessions: shown.sessions.filter((session) => !closed.has(session.id)) });
  }

  /** Returns whether nothing of it is left to do. A second call while one runs does nothing. */
  async function run(ids: Iterable<string>, act: (accountId: string) => Promise<Answer>): Promise<boolean> {
    if (isBusy.value) return false;
    const id = accountId.value;
    forget();
    closing.value = new Set(ids);
    await attempt(async () => {
      const answer = await act(id);
      // Another account may have been opened meanwhile.
      if (id === accountId.value) take(answer);
    });
    closing.value = noIds;
    return !error.value && failures.value.size === 0;
  }

  function close(ids: readonly string[]): Promise<boolean> {
    return run(ids, (id) => host.calls.sessions.close({ accountId: id, ids: [...ids] }));
  }

  return {
    closing: shallowReadonly(closing),
    isClosing: isBusy,
    closedCount: shallowReadonly(closedCount),
    failures: shallowReadonly(failures),
    /** Nothing was closed, and why. */
    closeError: error,
    dismissOutcome: forget,
    close,
    /** Also those that came since the list was read; `ids` are the ones that are shown. */
    closeOthers: (ids: readonly string[]) => run(ids, (id) => host.calls.sessions.closeOthers({ accountId: id })),
    retry: () => close([...failures.value.keys()]),
  };
}
