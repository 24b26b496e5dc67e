import { onScopeDispose, shallowReadonly, shallowRef, watch, type Ref } from 'vue';
import { startStrengthWorker } from './start-strength-worker.ts';
import type { StrengthAnswer, StrengthQuestion } from './strength.ts';

export type Strength =
  | { readonly kind: 'none' }
  | { readonly kind: 'judging' }
  | ({ readonly kind: 'judged' } & StrengthAnswer)
  /** The worker could not be started. */
  | { readonly kind: 'unknown' };

/** What of a Worker is used. */
export interface StrengthWorker {
  onmessage: ((event: MessageEvent<StrengthAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(question: StrengthQuestion): void;
  terminate(): void;
}

/**
 * Judges the newest password; those typed while one is being judged are skipped. The worker starts with the first
 * character.
 */
export function useStrength(
  password: () => string,
  personal: () => readonly string[],
  startWorker: () => StrengthWorker = startStrengthWorker,
): Readonly<Ref<Strength>> {
  const strength = shallowRef<Strength>({ kind: 'none' });
  let worker: StrengthWorker | undefined;
  let asked: string | undefined;
  let hasFailed = false;

  function start(): StrengthWorker {
    const started = startWorker();
    started.onmessage = ({ data }) => {
      const isNewest = asked === password();
      asked = undefined;
      if (isNewest) strength.value = { kind: 'judged', ...data };
      else ask();
    };
    started.onerror = () => {
      hasFailed = true;
      ask();
    };
    return started;
  }

  function ask(): void {
    const typed = password();
    if (typed === '' || hasFailed) strength.value = { kind: typed === '' ? 'none' : 'unknown' };
    if (typed === '' || hasFailed || asked !== undefined) return;
    if (strength.value.kind === 'none') strength.value = { kind: 'judging' };
    worker ??= start();
    asked = typed;
    worker.postMessage({ password: typed, personal: [...personal()] });
  }

  watch(password, ask, { immediate: true });
  onScopeDispose(() => worker?.terminate());
  return shallowReadonly(strength);
}
