import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { defaultBcryptRounds } from '../../../../../shared/bcrypt-rounds.ts';
import {
  checkKeyWish,
  prepareKeyPassphrase,
  type KeyWish,
  type MadeKeyKind,
} from '../../../../../shared/rules/made-keys.ts';
import { sha256Fingerprint, toPublicLine, type PrivateKey } from '../../../../../ssh-keys/index.ts';
import { createShortLived, type ShortLived } from '../../../core/short-lived.ts';
import type { Clock } from '../../../ports.ts';
import type { KeyWorker } from '../worker/key-worker.ts';
import { expectFree, writeKeyFiles } from './key-files.ts';

export interface MadeKeysDeps {
  readonly worker: Pick<KeyWorker, 'run'>;
  readonly clock: Clock;
  /** Where people keep their keys. */
  readonly folder: string;
}

/** A key that was made here, whole while it is held. */
export interface PendingKey {
  readonly madeId: string;
  readonly key: PrivateKey;
  readonly sha256: string;
  /** Null for the vault alone. */
  readonly file: string | null;
  /** That have it by now. */
  readonly accounts: Set<string>;
}

interface Made {
  readonly key: PrivateKey;
  /** The OpenSSH file, where one is to be written. */
  readonly file: Uint8Array | null;
}

/** Milliseconds for which it is held. */
const lifetimeMs = 1_800_000;
/** RSA of 4,096 bits takes seconds, and many of them on a small computer under load. */
const deadlineMs = 180_000;

/** Makes keys in the key worker and holds them, so that they can be given on (K10). */
export class MadeKeys {
  readonly #deps: MadeKeysDeps;
  readonly #pending: ShortLived<PendingKey>;
  #making = new AbortController();

  constructor(deps: MadeKeysDeps) {
    this.#deps = deps;
    this.#pending = createShortLived<PendingKey>(deps.clock, ({ key }) => void key.agentForm.fill(0));
  }

  /** Errors: invalid-request (`comment`, `fileName`, `passphrase`), cancelled, storage-fault. */
  async make(kind: MadeKeyKind, wish: KeyWish): Promise<PendingKey> {
    const fields = checkKeyWish(wish);
    if (Object.keys(fields).length > 0) throw new AppError('invalid-request', { fields });
    const { signal } = this.#making;
    const { folder } = this.#deps;
    if (wish.file) await expectFree(folder, wish.file.name);
    const made = await unlessAborted(this.#ask(kind, wish), signal, wipe);
    try {
      const line = `${toPublicLine(made.key.publicKey, wish.comment)}\n`;
      const file =
        wish.file && made.file ? await writeKeyFiles(folder, wish.file.name, { private: made.file, line }) : null;
      return this.#hold(made.key, file);
    } catch (error) {
      wipe(made);
      throw error;
    } finally {
      made.file?.fill(0);
    }
  }

  /** Of what is being made nothing stays; what is being written by now does. */
  cancel(): void {
    this.#making.abort();
    this.#making = new AbortController();
  }

  /** Errors: not-found. */
  get(madeId: string): PendingKey {
    const pending = this.#pending.get(madeId);
    if (!pending) throw new AppError('not-found');
    return pending;
  }

  discard(madeId: string): void {
    this.#pending.delete(madeId);
  }

  clear(): void {
    this.cancel();
    this.#pending.deleteWhere(() => true);
  }

  async #ask(kind: MadeKeyKind, { comment, file }: KeyWish): Promise<Made> {
    const passphrase = file && file.passphrase !== '' ? Buffer.from(prepareKeyPassphrase(file.passphrase)) : null;
    try {
      const asked = { kind, comment, file: file && { passphrase, rounds: defaultBcryptRounds } };
      return await this.#deps.worker.run((keys) => keys.make(asked), deadlineMs);
    } finally {
      passphrase?.fill(0);
    }
  }

  #hold(key: PrivateKey, file: string | null): PendingKey {
    const madeId = randomUUID();
    const pending = { madeId, key, sha256: sha256Fingerprint(key.publicKey), file, accounts: new Set<string>() };
    this.#pending.set(madeId, pending, lifetimeMs);
    return pending;
  }
}

function wipe({ key, file }: Made): void {
  key.agentForm.fill(0);
  file?.fill(0);
}

/** Nobody waits for what was called off; what comes of it late is handed to `drop`. Errors: cancelled; its own. */
function unlessAborted<T>(act: Promise<T>, signal: AbortSignal, drop: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = () => reject(new AppError('cancelled'));
    if (signal.aborted) callOff();
    signal.addEventListener('abort', callOff, { once: true });
    act.then((value) => (signal.aborted ? drop(value) : resolve(value)), reject);
  });
}
