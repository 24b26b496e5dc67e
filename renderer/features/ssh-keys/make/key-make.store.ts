import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef } from 'vue';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import type { MadeKey } from '../../../../shared/contract/keys/made-keys.ts';
import type { KeyWish, MadeKeyKind } from '../../../../shared/rules/made-keys.ts';
import { useReauthStore } from '../../../account/reauth.store.ts';
import { useHost } from '../../../host/host.ts';
import { asErrorShape } from '../../../lib/errors/error-shape.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';

export interface MakeWish extends KeyWish {
  readonly kind: MadeKeyKind;
  /** Seconds, null until the agent ends; undefined: it does not get it. */
  readonly lifetime: number | null | undefined;
  readonly accountIds: readonly string[];
}

/** What the form begins with: empty where nobody knows. */
export interface MakeDefaults {
  readonly comment: string;
  readonly folder: string;
  readonly fileNames: Readonly<Partial<Record<MadeKeyKind, string>>>;
}
const unknownDefaults: MakeDefaults = { comment: '', folder: '~/.ssh', fileNames: {} };

/** Where a made key goes: one account, or the agent. */
export type Target =
  | { readonly kind: 'agent'; readonly lifetime: number | null }
  | { readonly kind: 'account'; readonly accountId: string };

export interface Step {
  readonly target: Target;
  readonly state: 'waiting' | 'running' | 'done';
  /** Why the last try did not work. */
  readonly error?: ErrorShape;
}

/** A key that is made here, and where it went (K10). The services hold the key itself. */
export const useKeyMakeStore = defineStore('key-make', () => {
  const { madeKeys } = useHost().calls;
  const keys = useSshKeysStore();
  const reauth = useReauthStore();
  const isOpen = shallowRef(false);
  const made = shallowRef<MadeKey>();
  const steps = shallowRef<readonly Step[]>([]);
  const isRunning = computed(() => steps.value.some(({ state }) => state === 'running'));
  const failed = computed(() => steps.value.filter(({ error }) => error !== undefined));
  /** It is in no file and no account has it: closing would lose it. */
  const wouldBeLost = computed(
    () =>
      made.value?.file === null &&
      !steps.value.some(({ target, state }) => target.kind === 'account' && state === 'done'),
  );

  function change(target: Target, next: Omit<Step, 'target'>): void {
    steps.value = steps.value.map((step) => (step.target === target ? { target, ...next } : step));
  }

  /** Errors: those of `madeKeys.make`; what becomes of it after that stands in `steps`. */
  async function make({ kind, comment, file, lifetime, accountIds }: MakeWish): Promise<void> {
    const answer = await madeKeys.make({ kind, comment, file });
    // The screen is gone; its file stays, and nothing else of it.
    if (!isOpen.value) return void (await madeKeys.discard({ madeId: answer.madeId }));
    made.value = answer;
    const accounts = accountIds.map((accountId): Target => ({ kind: 'account', accountId }));
    // The accounts first: what the agent holds is then shown in their lists.
    const targets = [...accounts, ...(lifetime === undefined ? [] : [{ kind: 'agent', lifetime } as const])];
    steps.value = targets.map((target) => ({ target, state: 'waiting' }));
    await run(targets);
  }

  async function run(targets: readonly Target[]): Promise<void> {
    for (const target of targets) {
      change(target, { state: 'running' });
      try {
        await give(target);
        change(target, { state: 'done' });
      } catch (error) {
        change(target, { state: 'waiting', error: asErrorShape(error) });
      }
    }
  }

  async function give(target: Target): Promise<void> {
    const madeId = made.value?.madeId ?? '';
    if (target.kind === 'agent') await madeKeys.lend({ madeId, lifetime: target.lifetime });
    else {
      const { accountId } = target;
      const isCurrent = accountId === keys.accountId;
      const add = () => madeKeys.add({ madeId, accountId, ...(isCurrent && keys.usage && { usage: keys.usage }) });
      const snapshot = await reauth.run(add, 'addSshKeys', accountId);
      if (isCurrent) keys.apply(snapshot);
    }
  }

  /** Those that failed, or the one. */
  async function retry(only?: Target): Promise<void> {
    if (isRunning.value) return;
    await run(only ? [only] : failed.value.map(({ target }) => target));
  }

  /** For an agent that takes none for a time. */
  async function lendWithoutLimit(): Promise<void> {
    const target: Target = { kind: 'agent', lifetime: null };
    steps.value = steps.value.map((step) => (step.target.kind === 'agent' ? { target, state: 'waiting' } : step));
    await retry(target);
  }

  /** What is held of it is wiped by the services; by themselves, should they not be told now. */
  function close(): void {
    const madeId = made.value?.madeId;
    isOpen.value = false;
    made.value = undefined;
    steps.value = [];
    if (madeId !== undefined) void madeKeys.discard({ madeId }).catch(() => undefined);
  }

  return {
    isOpen: shallowReadonly(isOpen),
    made: shallowReadonly(made),
    steps: shallowReadonly(steps),
    isRunning,
    failed,
    wouldBeLost,
    open: () => void (isOpen.value = true),
    /** Never throws: a key can be made without them. */
    defaults: (): Promise<MakeDefaults> => madeKeys.defaults({}).catch(() => unknownDefaults),
    make,
    cancel: () => madeKeys.cancel({}),
    retry,
    lendWithoutLimit,
    close,
  };
});
