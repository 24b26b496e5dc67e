import type { Requests } from '../../accounts/requests.ts';
import type { AccountMfa, MfaChange, MfaState } from '../../provider/account-protection.ts';

/**
 * Looks whether a device was added although its answer got lost: one of that name that was not there `before`.
 * Undefined if it was not. Errors: those of the provider.
 */
export async function findAddedDevice(
  signedIn: Requests<AccountMfa>,
  accountId: string,
  before: MfaState,
  name: string,
): Promise<MfaChange | undefined> {
  const state = await signedIn.request(accountId, (account) => account.mfaStatus());
  const known = new Set(before.devices.map(({ id }) => id));
  if (!state.devices.some((device) => !known.has(device.id) && device.name === name.trim())) return undefined;
  // The first set of recovery codes was in the lost answer.
  const isFirstSet = before.recoveryCodes === null && state.recoveryCodes !== null;
  const recoveryCodes = isFirstSet
    ? await signedIn.request(accountId, (account) => account.recoveryCodes()).catch(() => null)
    : null;
  return { state, recoveryCodes };
}
