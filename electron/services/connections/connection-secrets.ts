import type { Tokens } from '../providers/provider.ts';
import type { SealedDocument, SealedStorage } from '../vault/sealed-storage.ts';
import { storedTokensSchema } from './connections.stored.ts';

/** The tokens of each connection, one sealed file each, so that forgetting one is deleting a file. */
export interface ConnectionSecrets {
  load(connectionId: string): Promise<Tokens | undefined>;
  save(connectionId: string, tokens: Tokens): Promise<void>;
  remove(connectionId: string): Promise<void>;
}

export function createConnectionSecrets(storage: SealedStorage): ConnectionSecrets {
  const open = (connectionId: string): SealedDocument<Tokens & { version: 1 }> =>
    storage.document({
      name: `tokens-${connectionId}.sealed`,
      what: 'secrets',
      account: connectionId,
      version: 1,
      schema: storedTokensSchema,
    });
  return {
    load: (id) => open(id).read(),
    save: (id, { accessToken, accessTokenExpiresAt, refreshToken }) =>
      open(id).write({ version: 1, accessToken, accessTokenExpiresAt, refreshToken }),
    remove: (id) => open(id).remove(),
  };
}
