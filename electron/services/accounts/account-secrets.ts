import type { Tokens } from '../provider/tokens.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { createAccountDocuments } from '../vault/account-documents.ts';
import type { DeviceTokens } from './device-tokens.ts';
import { fromStored, tokensSpec, toStored } from './tokens.stored.ts';

/** The tokens of each account; what comes with them and outlasts them is in `DeviceTokens`. */
export interface AccountSecrets {
  load(accountId: string): Promise<Tokens | undefined>;
  save(accountId: string, tokens: Tokens): Promise<void>;
  remove(accountId: string): Promise<void>;
}

export function createAccountSecrets(storage: SealedStorage, deviceTokens: Pick<DeviceTokens, 'save'>): AccountSecrets {
  const documents = createAccountDocuments(storage, tokensSpec);
  return {
    async load(id) {
      const stored = await documents.read(id);
      return stored && fromStored(stored);
    },
    async save(id, tokens) {
      await documents.write(id, toStored(tokens));
      if (tokens.kind === 'refreshing') await deviceTokens.save(id, tokens.deviceToken);
    },
    remove: documents.remove,
  };
}
