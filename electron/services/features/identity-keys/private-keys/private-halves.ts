import type * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { createConnectionDocuments } from '../../../vault/connection-documents.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { SerialQueue } from '../../../core/serial-queue.ts';
import { type PrivateKey, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import { storedPrivateHalvesSchema } from '../identity-keys.stored.ts';

type Stored = z.infer<typeof storedPrivateHalvesSchema>['keys'];

/**
 * The private halves that are kept in the vault, sealed, a document for each connection (K5). In memory only while one
 * is used.
 */
export class PrivateHalves {
  readonly #documents;
  readonly #queue = new SerialQueue();
  /** Connection → fingerprints of what is kept: no secret, and asked for with every list. */
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(storage: SealedStorage) {
    this.#documents = createConnectionDocuments(storage, {
      prefix: 'identity-private',
      what: 'keys',
      version: 1,
      schema: storedPrivateHalvesSchema,
    });
  }

  /** Fingerprints. Errors: storage-fault, key-store-unavailable. */
  list(connectionId: string): Promise<ReadonlySet<string>> {
    return this.#queue.run(
      connectionId,
      async () => this.#known.get(connectionId) ?? this.#note(connectionId, await this.#read(connectionId)),
    );
  }

  /** `key` stays the caller's, who wipes it. Errors: storage-fault, key-store-unavailable. */
  keep(connectionId: string, key: PrivateKey): Promise<void> {
    const { publicKey, comment, agentForm } = key;
    const sha256 = sha256Fingerprint(publicKey);
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
    const entry = {
      sha256,
      type: publicKey.type,
      bits: publicKey.bits,
      blob: base64(publicKey.blob),
      comment,
      agentForm: base64(agentForm),
    };
    return this.#change(connectionId, (keys) => [...keys.filter((each) => each.sha256 !== sha256), entry]);
  }

  /** No error if it is not kept. */
  drop(connectionId: string, sha256: string): Promise<void> {
    return this.#change(connectionId, (keys) => keys.filter((each) => each.sha256 !== sha256));
  }

  /**
   * Lends a kept private half to `act`, and wipes it after that. Errors: not-found, storage-fault,
   * key-store-unavailable, those of `act`.
   */
  async use<T>(connectionId: string, sha256: string, act: (key: PrivateKey) => Promise<T>): Promise<T> {
    const kept = (await this.#queue.run(connectionId, () => this.#read(connectionId))).find(
      (each) => each.sha256 === sha256,
    );
    if (!kept) throw new AppError('not-found');
    const { type, bits, blob, comment } = kept;
    const agentForm = Buffer.from(kept.agentForm, 'base64');
    try {
      return await act({ publicKey: { type, bits, blob: Buffer.from(blob, 'base64') }, comment, agentForm });
    } finally {
      agentForm.fill(0);
    }
  }

  forget(connectionId: string): Promise<void> {
    return this.#queue.run(connectionId, async () => {
      this.#known.delete(connectionId);
      await this.#documents.remove(connectionId);
    });
  }

  #change(connectionId: string, next: (keys: Stored) => Stored): Promise<void> {
    return this.#queue.run(connectionId, async () => {
      const before = await this.#read(connectionId);
      const keys = next(before);
      if (keys.length === before.length && keys.every((key) => before.includes(key))) return;
      await this.#documents.write(connectionId, { version: 1, keys });
      this.#note(connectionId, keys);
    });
  }

  async #read(connectionId: string): Promise<Stored> {
    return (await this.#documents.read(connectionId))?.keys ?? [];
  }

  #note(connectionId: string, keys: Stored): ReadonlySet<string> {
    const fingerprints = new Set(keys.map(({ sha256 }) => sha256));
    this.#known.set(connectionId, fingerprints);
    return fingerprints;
  }
}
