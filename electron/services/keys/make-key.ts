import { AppError } from '../../../shared/contract/errors.ts';
import { isUnclear } from '../connections/is-unclear.ts';

export interface MakingKey<M> {
  /** Errors: those of the provider. */
  readonly make: () => Promise<M>;
  /** Called where nobody knows whether it was made; gives what became of it, or undefined if it was not made. */
  readonly findOut: () => Promise<M | undefined>;
}

/** Makes a key whose answer may get lost on the way. */
export async function makeKey<M>({ make, findOut }: MakingKey<M>): Promise<M> {
  try {
    return await make();
  } catch (error) {
    // A conflict: the request came twice, and its answer is not given again (see Account).
    const mayBeMade = isUnclear(error) || (error instanceof AppError && error.code === 'conflict');
    const found = mayBeMade ? await findOut().catch(() => undefined) : undefined;
    if (!found) throw error;
    return found;
  }
}
