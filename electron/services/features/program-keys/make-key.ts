import { AppError } from '../../../../shared/contract/errors.ts';
import { withUnknownOutcome, isOutcomeUnknown } from '../../provider/outcome.ts';

export interface MakingKey<A, M> {
  /**
   * Keeps that one is about to be made: what cannot be kept is not made. Errors: AppError storage-fault,
   * key-store-unavailable.
   */
  readonly begin: () => Promise<unknown>;
  /** Errors: those of the provider. */
  readonly make: () => Promise<A>;
  readonly accept: (answer: A) => Promise<M>;
  /** Called where it was not made. */
  readonly cancel: () => Promise<unknown>;
  /** Called where nobody knows whether it was made; gives what became of it, or undefined if it was not made. */
  readonly findOut: () => Promise<M | undefined>;
}

/** Makes a key whose answer may get lost on the way, or with the app. */
export async function makeKey<A, M>({ begin, make, accept, cancel, findOut }: MakingKey<A, M>): Promise<M> {
  await begin();
  let answer: A;
  try {
    answer = await make();
  } catch (error) {
    // A conflict: the request came twice, and its answer is not given again (see Account).
    const mayBeMade = isOutcomeUnknown(error) || (error instanceof AppError && error.code === 'conflict');
    if (!mayBeMade) await cancel();
    const found = mayBeMade ? await findOut().catch(() => Promise.reject(withUnknownOutcome(error))) : undefined;
    if (!found) throw error;
    return found;
  }
  return accept(answer);
}
