import { AppError } from '../../../shared/contract/errors.ts';
import { createAccountDocuments } from '../vault/account-documents.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import type { SignInTarget } from './add-account.ts';
import type { AccountRegistry } from './account-registry.ts';
import { deviceTokenSpec, type StoredAccount } from './accounts.stored.ts';
import { isSameTarget } from './targets/same-target.ts';

/**
 * By these a service knows this device again, so that strangers who fail at an account do not keep its person out here
 * (M6). They open nothing, and so they are kept past the sign-out, until the account is removed from this computer.
 */
export interface DeviceTokens {
  /** The one to send with a sign-in. Undefined where none fits or none can be read: that sign-in is as a stranger's. */
  find(to: SignInTarget): Promise<string | undefined>;
  /**
   * What came with new tokens; undefined where the service gives none, or no longer. A fault of the disk is told of.
   */
  save(accountId: string, deviceToken: string | undefined): Promise<void>;
  forget(accountId: string): Promise<void>;
}

interface DeviceTokensDeps {
  readonly storage: SealedStorage;
  readonly registry: Pick<AccountRegistry, 'all'>;
  readonly tolerate: (write: () => Promise<unknown>) => Promise<void>;
}

export function createDeviceTokens({ storage, registry, tolerate }: DeviceTokensDeps): DeviceTokens {
  const documents = createAccountDocuments(storage, deviceTokenSpec);

  return {
    async find(to) {
      try {
        const account = choose((await registry.all()).accounts, to);
        return account && (await documents.read(account.id))?.deviceToken;
      } catch (error) {
        if (error instanceof AppError) return undefined;
        throw error;
      }
    },
    save: (id, deviceToken) =>
      tolerate(async () => {
        if ((await documents.read(id))?.deviceToken === deviceToken) return false;
        return deviceToken === undefined ? documents.remove(id) : documents.write(id, { version: 1, deviceToken });
      }),
    forget: documents.remove,
  };
}

/** Only what this service gave is ever sent to it. A name that is no address may belong to the only one there. */
function choose(
  accounts: readonly StoredAccount[],
  { target, identifier, again }: SignInTarget,
): StoredAccount | undefined {
  const there = accounts.filter((each) => isSameTarget(each.target, target));
  const typed = identifier.toLowerCase();
  return (
    there.find(({ person }) => person.email.toLowerCase() === typed) ??
    there.find(({ id }) => id === again) ??
    (there.length === 1 ? there[0] : undefined)
  );
}
