import type { Tokens } from '../provider/provider.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { createAccountDocuments } from '../vault/account-documents.ts';
import { storedTokensSchema } from './accounts.stored.ts';

/** The tokens of each account. */
export interface AccountSecrets {
  load(accountId: string): Promise<Tokens | undefined>;
  save(accountId: string, tokens: Tokens): Promise<void>;
  remove(accountId: string): Promise<void>;
}

export function createAccountSecrets(storage: SealedStorage): AccountSecrets {
  const documents = createAccountDocuments(storage, {
    prefix: 'tokens',
    what: 'secrets',
    version: 1,
    schema: storedTokensSchema,
  });
  return {
    load: documents.read,
    save: (id, { accessToken, accessTokenExpiresAt, refreshToken }) =>
      documents.write(id, { version: 1, accessToken, accessTokenExpiresAt, refreshToken }),
    remove: documents.remove,
  };
}
