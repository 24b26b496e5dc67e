import type { Tokens } from '../provider/provider.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { createAccountDocuments } from '../vault/account-documents.ts';
import { storedTokensSchema } from './accounts.stored.ts';
import type { DeviceTokens } from './device-tokens.ts';

/** The tokens of each account; what comes with them and outlasts them is in `DeviceTokens`. */
export interface AccountSecrets {
  load(accountId: string): Promise<Tokens | undefined>;
  save(accountId: string, tokens: Tokens): Promise<void>;
  remove(accountId: string): Promise<void>;
}

export function createAccountSecrets(storage: SealedStorage, deviceTokens: Pick<DeviceTokens, 'note'>): AccountSecrets {
  const documents = createAccountDocuments(storage, {
    prefix: 'tokens',
    what: 'secrets',
    version: 1,
    schema: storedTokensSchema,
  });
  return {
    load: documents.read,
    async save(id, { accessToken, accessTokenExpiresAt, refreshToken, deviceToken }) {
      await documents.write(id, { version: 1, accessToken, accessTokenExpiresAt, refreshToken });
      await deviceTokens.note(id, deviceToken);
    },
    remove: documents.remove,
  };
}
