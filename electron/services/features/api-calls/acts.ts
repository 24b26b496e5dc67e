import type { Act } from '../../../../shared/contract/api-calls.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountCalls } from '../../provider/provider.ts';
import { masked } from '../../core/masked.ts';

type Acts = {
  readonly [C in Act['channel']]: (account: AccountCalls, act: Extract<Act, { channel: C }>) => Promise<unknown>;
};

/** How each act changes the account, as its service does it, with every secret masked from the start. */
const acts: Acts = {
  'password.change': (account, { endOtherSessions }) =>
    account.changePassword({ current: masked, next: masked, endOtherSessions }),
  'mfa.turnOff': (account) => account.turnOffMfa(),
  'mfa.removeDevice': (account, { deviceId }) => account.removeDevice(deviceId),
  'recoveryCodes.renew': (account) => account.renewRecoveryCodes(),
  'sessions.close': (account, { ids }) => account.closeSessions(ids),
  'sessions.closeOthers': (account) => account.closeOtherSessions(),
  'apiKey.generate': (account, { name, expiresAt }) => account.makeApiKey({ name, expiresAt }),
  'apiKey.rotate': (account) => account.rotateApiKey(),
  'apiKey.remove': (account) => account.removeApiKey(),
  'accessKeys.create': (account, { name, expiresAt }) => account.makeAccessKey({ name, expiresAt }),
  'accessKeys.setActive': setAccessKeyActive,
  'accessKeys.remove': (account, { keyId }) => account.removeAccessKey(keyId),
  'sshKeys.remove': (account, { keyId }) => account.removeSshKey(keyId),
  'deletion.remove': (account, { email }) => account.deleteAccount(email),
  'linkedAccounts.unlink': (account, { linkedAccountId }) => account.unlinkIdentity(linkedAccountId),
};

export function carryOut<C extends Act['channel']>(
  account: AccountCalls,
  act: Extract<Act, { channel: C }>,
): Promise<unknown> {
  const run: (account: AccountCalls, act: Extract<Act, { channel: C }>) => Promise<unknown> = acts[act.channel as C];
  return run(account, act);
}

async function setAccessKeyActive(
  account: AccountCalls,
  { keyId, isActive }: { keyId: string; isActive: boolean },
): Promise<unknown> {
  const { keys } = await account.accessKeysState();
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('not-found');
  return account.setAccessKeyActive(keyId, isActive, key.revision);
}
