import type { ProviderKind } from '../../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Clock } from '../../ports.ts';
import type { Description, Provider } from '../provider.ts';

/** What was found at an address, and which kind of provider talks to it. */
export interface FoundService extends Description {
  readonly kind: ProviderKind;
}

/** For all of them together. */
const maxSearchMs = 5_000;

/**
 * Asks an address, as every provider at once and with no credentials, what is there: the first that knows it is right.
 * Errors: AppError offline (timed-out); where nobody knows it, untrusted-answer (issuer-differs, too-old) of whoever
 * recognises its own service there, else those of the first provider.
 */
export async function findService(
  providers: readonly Provider[],
  address: string,
  clock: Pick<Clock, 'sleep'>,
): Promise<FoundService> {
  const done = new AbortController();
  const tries = providers.map(async (each) => ({ ...(await each.describe(address)), kind: each.kind }));
  try {
    return await Promise.race([Promise.any(tries), giveUp(clock, done.signal)]);
  } catch (error) {
    throw error instanceof AggregateError ? tellingOf(error.errors) : error;
  } finally {
    done.abort();
  }
}

/** To everybody else a service that one recognises is only a stranger. */
function tellingOf(errors: readonly unknown[]): unknown {
  const isRecognised = (error: unknown) =>
    error instanceof AppError && ['issuer-differs', 'too-old'].includes(error.details.reason ?? '');
  return errors.find(isRecognised) ?? errors[0];
}

async function giveUp(clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Promise<never> {
  await clock.sleep(maxSearchMs, signal);
  throw new AppError('offline', { reason: 'timed-out' });
}
