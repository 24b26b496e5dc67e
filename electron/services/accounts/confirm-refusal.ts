import { AppError } from '../../../shared/contract/errors.ts';
import type { ProviderAccount } from '../provider/provider.ts';

export function isSessionEnded(error: unknown): error is AppError {
  return error instanceof AppError && error.details.reason === 'session-ended';
}

/**
 * A service may refuse one part to a person whom it still knows, so it is asked who this is before a session counts as
 * over: `personId`, where one is expected. Gives what is to be said of the refusal.
 */
export async function confirmRefusal(
  account: Pick<ProviderAccount, 'whoAmI'>,
  refusal: AppError,
  personId?: string,
): Promise<AppError> {
  try {
    const person = await account.whoAmI();
    const isExpected = personId === undefined || person === personId;
    return isExpected ? new AppError('unauthenticated', { reason: 'token-refused' }, refusal) : refusal;
  } catch (error) {
    return error instanceof AppError ? error : refusal;
  }
}
