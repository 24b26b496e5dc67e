import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef, watch } from 'vue';
import type { ReauthState } from '../../shared/contract/account/reauth.ts';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { useHost } from '../host/host.ts';
import { asErrorShape } from '../lib/errors/error-shape.ts';
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

interface OtherAccount {
  readonly accountId: string;
  readonly state: ReauthState | undefined;
  readonly loadError: ErrorShape | undefined;
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
  /** What is asked about where that is not the account that is shown: a made key goes to several (K10). */
  const other = shallowRef<OtherAccount>();
  const askedId = computed(() => other.value?.accountId ?? currentId());

  /**
   * Does it, and where a proof is missing asks for one and does it then. `accountId`: whose act it is, the account that
   * is shown if left out. Errors: those of the act; cancelled.
   */
  async function run<T>(act: () => Promise<T>, called?: ReauthAct, accountId = currentId()): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'reauth-required') throw error;
    }
    await askAbout(accountId, called);
    return act();
  }

  async function askAbout(accountId: string, called: ReauthAct | undefined): Promise<void> {
    // One question at a time, about one account.
    if (question.value && accountId !== askedId.value) throw new AppError('cancelled');
    if (accountId === currentId()) return ask(called);
    other.value = { accountId, state: undefined, loadError: undefined };
    await ask(called).finally(() => (other.value = undefined));
  }

  /** Turned on or off since: other proofs may count now. */
  async function refreshAsked(): Promise<void> {
    const asked = other.value;
    if (!asked) return refresh();
    const read = host.calls.reauth.status({ accountId: asked.accountId }).then(
      (state) => ({ ...asked, state, loadError: undefined }),
      (error: unknown) => ({ ...asked, loadError: asErrorShape(error) }),
    );
    const found = await read;
    if (other.value?.accountId === asked.accountId) other.value = found;
  }

  /** Errors: unauthenticated, rate-limited, offline; the question stays open. */
  async function prove(proof: Proof): Promise<void> {
    const accountId = askedId.value;
    const proved = await host.calls.reauth.prove({ accountId, proof });
    if (accountId === currentId()) apply(proved);
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
    /** Whom the question is about, and which proofs count there. */
    askedId,
    askedState: computed(() => (other.value ? other.value.state : state.value)),
    askedError: computed(() => (other.value ? other.value.loadError : loadError.value)),
    refreshAsked,
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
