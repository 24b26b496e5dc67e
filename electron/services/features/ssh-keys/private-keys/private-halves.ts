import type * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { createAccountDocuments } from '../../../vault/account-documents.ts';
import type { SealedStorage } from '../../../vault/sealed-storage.ts';
import { SerialQueue } from '../../../core/serial-queue.ts';
import { type PrivateKey, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import { privateHalvesSpec } from '../ssh-keys.stored.ts';

type Stored = z.infer<typeof privateHalvesSpec.schema>['keys'];

/**
 * The private halves that are kept in the vault, sealed, a document for each account (K5). In memory only while one
 * is used.
 */
export class PrivateHalves {
  readonly #documents;
  readonly #queue = new SerialQueue();
  /** Account → fingerprints of what is kept: no secret, and asked for with every list. */
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(storage: SealedStorage) {
    this.#documents = createAccountDocuments(storage, privateHalvesSpec);
  }

  /** Fingerprints. Errors: storage-fault, key-store-unavailable. */
  list(accountId: string): Promise<ReadonlySet<string>> {
    return this.#queue.run(
      accountId,
      async () => this.#known.get(accountId) ?? this.#note(accountId, await this.#read(accountId)),
    );
  }

  /** `key` stays the caller's, who wipes it. Errors: storage-fault, key-store-unavailable. */
  keep(accountId: string, key: PrivateKey): Promise<void> {
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
    return this.#change(accountId, (keys) => [...keys.filter((each) => each.sha256 !== sha256), entry]);
  }

  /** No error if it is not kept. */
  remove(accountId: string, sha256: string): Promise<void> {
    return this.#change(accountId, (keys) => keys.filter((each) => each.sha256 !== sha256));
  }

  /**
   * Lends a kept private half to `act`, and wipes it after that. Errors: not-found, storage-fault,
   * key-store-unavailable, those of `act`.
   */
  async use<T>(accountId: string, sha256: string, act: (key: PrivateKey) => Promise<T>): Promise<T> {
    const half = (await this.#queue.run(accountId, () => this.#read(accountId))).find((each) => each.sha256 === sha256);
    if (!half) throw new AppError('not-found');
    const { type, bits, blob, comment } = half;
    const agentForm = Buffer.from(half.agentForm, 'base64');
    try {
      return await act({ publicKey: { type, bits, blob: Buffer.from(blob, 'base64') }, comment, agentForm });
    } finally {
      agentForm.fill(0);
    }
  }

  erase(accountId: string): Promise<void> {
    return this.#queue.run(accountId, async () => {
      this.#known.delete(accountId);
      await this.#documents.remove(accountId);
    });
  }

  #change(accountId: string, next: (keys: Stored) => Stored): Promise<void> {
    return this.#queue.run(accountId, async () => {
      const before = await this.#read(accountId);
      const keys = next(before);
      if (keys.length === before.length && keys.every((key) => before.includes(key))) return;
      await this.#documents.write(accountId, { version: 1, keys });
      this.#note(accountId, keys);
    });
  }

  async #read(accountId: string): Promise<Stored> {
    return (await this.#documents.read(accountId))?.keys ?? [];
  }

  #note(accountId: string, keys: Stored): ReadonlySet<string> {
    const fingerprints = new Set(keys.map(({ sha256 }) => sha256));
    this.#known.set(accountId, fingerprints);
    return fingerprints;
  }
}
