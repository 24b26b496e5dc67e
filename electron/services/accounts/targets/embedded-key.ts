import { randomBytes } from 'node:crypto';
import type { EmbeddedDataKey, EmbeddedProvider } from '../../ports.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { embeddedKeySpec } from '../accounts.stored.ts';

/** Bytes. */
const keyLength = 32;

export interface EmbeddedKey {
  /**
   * The key of the embedded provider's data: the one in the vault, or, where there is none yet, the one that an earlier
   * version or a run without a key store left beside the data, or a new one. It is in the vault before anything is
   * sealed with it. Undefined where the vault keeps nothing after this run: then the provider keeps a key beside its
   * data, because one that is forgotten would make the data worthless. Errors: storage-fault, key-store-unavailable.
   */
  obtain(embedded: EmbeddedProvider): Promise<EmbeddedDataKey | undefined>;
  remove(): Promise<void>;
}

export function createEmbeddedKey(storage: SealedStorage): EmbeddedKey {
  const document = storage.document(embeddedKeySpec);
  return {
    async obtain(embedded) {
      const stored = await document.read();
      const key = stored ? Buffer.from(stored.dataKey, 'base64') : await formerOrNew(embedded);
      if (!stored) await document.write({ version: 1, dataKey: Buffer.from(key).toString('base64') });
      const { protection } = await storage.status();
      if (protection !== 'this-run-only') return { key, isNew: !stored };
      // Should the vault keep it later in this run, it has to be the one that the provider has.
      await document.remove();
      return undefined;
    },
    remove: () => document.remove(),
  };
}

async function formerOrNew(embedded: EmbeddedProvider): Promise<Uint8Array> {
  const former = await embedded.formerKey();
  return former?.length === keyLength ? former : randomBytes(keyLength);
}
