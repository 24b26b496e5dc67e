import type { ProviderAccount } from '../../../provider/provider.ts';
import { readings } from '../compare/to-readings.ts';
import { ownActs, type ActMethod, type Made, type OwnAct } from './own-acts.ts';

type ReadMethod = keyof typeof readings;

/** What an account told, or what was done with it. Listeners never fail and nobody waits for them. */
export interface AccountListener {
  /** `begun` orders readings by when they were asked for. */
  onRead(method: ReadMethod, state: unknown, begun: number): void;
  /** `made` and `error`: of an act that succeeded, or failed. */
  onActed(act: OwnAct, outcome: { readonly made?: Made | undefined } | { readonly error: unknown }): void;
}

type Call = (...input: readonly unknown[]) => Promise<unknown>;
interface LoosePlan {
  readonly of: (...input: readonly unknown[]) => OwnAct;
  readonly made?: (result: unknown, ...input: readonly unknown[]) => Made;
}

let asked = 0;

/**
 * The account with a listener to what it reads and does: the one place that all requests go through, whoever makes
 * them. A reading that an act overlaps is not told of: nobody knows whether it shows what the act did.
 */
export function watchAccount(account: ProviderAccount, listener: AccountListener): ProviderAccount {
  /** Acts that began or ended so far, and those under way. */
  let acts = 0;
  let running = 0;

  function watchReading(method: ReadMethod, call: Call): Call {
    return async (...input) => {
      const begun = (asked += 1);
      const before = running === 0 ? acts : -1;
      const state = await call(...input);
      if (before === acts) listener.onRead(method, state, begun);
      return state;
    };
  }

  function watchAct({ of, made }: LoosePlan, call: Call): Call {
    return async (...input) => {
      const act = of(...input);
      acts += 1;
      running += 1;
      try {
        const result = await call(...input);
        listener.onActed(act, { made: made?.(result, ...input) });
        return result;
      } catch (error) {
        listener.onActed(act, { error });
        throw error;
      } finally {
        acts += 1;
        running -= 1;
      }
    };
  }

  const calls = account as unknown as Readonly<Record<string, Call | undefined>>;
  const watch = (methods: readonly string[], wrap: (method: string, call: Call) => Call) =>
    methods.flatMap((method) => {
      const call = calls[method];
      return call ? [[method, wrap(method, (...input) => call.apply(account, [...input]))] as const] : [];
    });
  const watched = [
    ...watch(Object.keys(readings), (method, call) => watchReading(method as ReadMethod, call)),
    ...watch(Object.keys(ownActs), (method, call) =>
      watchAct(ownActs[method as ActMethod] as unknown as LoosePlan, call),
    ),
  ];
  return { ...account, ...Object.fromEntries(watched) };
}
