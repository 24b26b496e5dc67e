import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AccountSshKeys, SshKeyFacts, SshKeysState } from '../../../provider/account-ssh-keys.ts';
import { confirmOutcome } from '../../../provider/outcome.ts';

/**
 * Gives a key another title where the service renames none: it goes and is added again, so it has another id, and is
 * neither used nor verified yet. A refused title leaves the key under its former one. Errors: not-offered, not-found,
 * invalid-request (`title`), those of removing and adding; conflict (key-not-put-back), where the key is gone now.
 */
export async function replaceKey(
  account: AccountSshKeys,
  { keys, canReplace }: SshKeysState,
  keyId: string,
  title: string,
): Promise<SshKeyFacts> {
  if (!canReplace) throw new AppError('not-offered');
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('not-found');
  // Looked at before anything is removed: a service may take each title once.
  if (keys.some((other) => other !== key && other.title === title)) throw ofTitle('duplicate');
  const isGone = async () => (await account.sshKeysState()).keys.every(({ id }) => id !== keyId);
  const add = (name: string) => account.addSshKey(name, key.publicLine, key.usage);
  const putBack = () =>
    add(key.title).catch((cause: unknown) => {
      throw new AppError('conflict', { reason: 'key-not-put-back' }, cause);
    });
  try {
    await confirmOutcome(
      () => account.removeSshKey(keyId).then(() => true),
      async () => (await isGone()) || undefined,
    );
  } catch (error) {
    // A service with several lists may have let it go from one of them alone.
    const isOfOthers = error instanceof AppError && error.code === 'not-found';
    if (!isOfOthers && (await isGone().catch(() => false))) await putBack();
    throw error;
  }
  try {
    return await add(title);
  } catch (error) {
    await putBack();
    throw error;
  }
}

function ofTitle(code: 'duplicate'): AppError {
  return new AppError('invalid-request', { fields: { title: { code } } });
}
