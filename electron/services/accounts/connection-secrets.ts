import type { Tokens } from '../provider/provider.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { createConnectionDocuments } from '../vault/connection-documents.ts';
import { storedTokensSchema } from './connections.stored.ts';

/** The tokens of each connection. */
export interface ConnectionSecrets {
  load(connectionId: string): Promise<Tokens | undefined>;
  save(connectionId: string, tokens: Tokens): Promise<void>;
  remove(connectionId: string): Promise<void>;
}

export function createConnectionSecrets(storage: SealedStorage): ConnectionSecrets {
  const documents = createConnectionDocuments(storage, {
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
