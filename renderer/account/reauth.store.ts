import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef, watch } from 'vue';
import { AppError } from '../../shared/contract/errors.ts';
import { useHost } from '../host/host.ts';
import { createResource } from '../lib/resource/resource.ts';
import type security from '../../locales/en/security.json';
import { useAccountsStore } from './accounts.store.ts';
import { followCurrent, watchForGood } from './follow-current.ts';

export type Proof =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'code'; readonly code: string };

/** What an act is called in the question before it. */
export type ReauthAct = keyof typeof security.reauth.acts;

interface Question {
  readonly accept: () => void;
  readonly refuse: (reason: AppError) => void;
}

/** The one question that is open, or none. */
function createQuestion() {
  const question = shallowRef<Question>();
  const purpose = shallowRef<ReauthAct>();
  let asked: Promise<void> | undefined;

  /** Several acts that wait share one question; it names the act where it is one. */
  function ask(act: ReauthAct | undefined): Promise<void> {
    purpose.value = asked && purpose.value !== act ? undefined : act;
    asked ??= new Promise<void>((accept, refuse) => (question.value = { accept, refuse })).finally(() => {
      question.value = undefined;
      asked = undefined;
    });
    return asked;
  }

  return { question: shallowReadonly(question), purpose: shallowReadonly(purpose), ask };
}

/** Proving again who you are (E12). The services enforce it; here the person is asked, and what they wanted goes on. */
export const useReauthStore = defineStore('reauth', () => {
  const host = useHost();
  const accounts = useAccountsStore();
  const {
    snapshot: state,
    loadError,
    apply,
    refresh,
    open,
  } = createResource(host, 'reauth.changed', { read: (accountId) => host.calls.reauth.status({ accountId }) });
  const { question, purpose, ask } = createQuestion();
  const currentId = () => accounts.current?.id ?? '';

  /** Does it, and where a proof is missing asks for one and does it then. Errors: those of the act; cancelled. */
  async function run<T>(act: () => Promise<T>, called?: ReauthAct): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'reauth-required') throw error;
    }
    await ask(called);
    return act();
  }

  /** Errors: unauthenticated, rate-limited, offline; the question stays open. */
  async function prove(proof: Proof): Promise<void> {
    apply(await host.calls.reauth.prove({ accountId: currentId(), proof }));
    question.value?.accept();
  }

  /** Asks for a proof that makes the session longer. Errors: cancelled. */
  const stay = (): Promise<void> => ask('staySignedIn');

  function cancel(): void {
    question.value?.refuse(new AppError('cancelled'));
  }

  /** Closes the window now. Errors: offline. */
  async function end(): Promise<void> {
    apply(await host.calls.reauth.end({ accountId: currentId() }));
  }

  function start(): void {
    watchForGood(() => {
      followCurrent(open);
      // A proof for one account says nothing of another.
      watch(currentId, cancel);
    });
  }

  return {
    state,
    loadError,
    refresh,
    isAsking: computed(() => question.value !== undefined),
    /** The act that waits. */
    purpose,
    validUntil: computed(() => state.value?.validUntil ?? undefined),
    /** Known to be: what needs a proof will ask for one. */
    // Where no proof is asked for, nothing has to be opened.
    isClosed: computed(() => state.value?.validUntil === null && state.value.proofs.length > 0),
    start,
    run,
    prove,
    stay,
    cancel,
    end,
  };
});
