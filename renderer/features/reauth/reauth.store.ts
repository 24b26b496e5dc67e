import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { AppError } from '../../../shared/contract/errors.ts';
import { useHost } from '../../host/host.ts';
import { createConnectionSnapshot } from '../../lib/connection-snapshot.ts';
import { useConnectionsStore } from '../connections/connections.store.ts';
import { followCurrent, watchForGood } from '../connections/follow-current.ts';

export type Proof =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'code'; readonly code: string };

interface Question {
  readonly accept: () => void;
  readonly refuse: (reason: AppError) => void;
}

/** Proving again who you are (E12). The services enforce it; here the person is asked, and what they wanted goes on. */
export const useReauthStore = defineStore('reauth', () => {
  const host = useHost();
  const connections = useConnectionsStore();
  const {
    value: state,
    set,
    open,
    ...live
  } = createConnectionSnapshot(host, 'reauth.changed', (connectionId) => host.calls.reauth.status({ connectionId }));
  const question = shallowRef<Question>();
  let asked: Promise<void> | undefined;
  const currentId = () => connections.current?.id ?? '';

  /** Several acts that wait share one question. */
  function ask(): Promise<void> {
    asked ??= new Promise<void>((accept, refuse) => (question.value = { accept, refuse })).finally(() => {
      question.value = undefined;
      asked = undefined;
    });
    return asked;
  }

  /** Does it, and where a proof is missing asks for one and does it then. Errors: those of the act; cancelled. */
  async function run<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'reauth-required') throw error;
    }
    await ask();
    return act();
  }

  /** Errors: unauthenticated, rate-limited, offline; the question stays open. */
  async function prove(proof: Proof): Promise<void> {
    set(await host.calls.reauth.prove({ connectionId: currentId(), proof }));
    question.value?.accept();
  }

  function cancel(): void {
    question.value?.refuse(new AppError('cancelled'));
  }

  /** Closes the window now. Errors: offline. */
  async function end(): Promise<void> {
    set(await host.calls.reauth.end({ connectionId: currentId() }));
  }

  function start(): void {
    live.start();
    watchForGood(() => {
      followCurrent(open);
      // A proof for one account says nothing of another.
      watch(currentId, cancel);
    });
  }

  return {
    state,
    error: live.error,
    refresh: live.refresh,
    isAsking: computed(() => question.value !== undefined),
    validUntil: computed(() => state.value?.validUntil ?? undefined),
    /** Known to be: what needs a proof will ask for one. */
    isClosed: computed(() => state.value?.validUntil === null),
    start,
    run,
    prove,
    cancel,
    end,
  };
});
