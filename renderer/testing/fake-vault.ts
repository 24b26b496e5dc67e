import type { AppSnapshot, Storage } from '../../shared/contract/app.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import { checkPassphrase } from '../../shared/passphrase.ts';
import type { Handlers } from '../../shared/rpc/define.ts';

const { vault } = contract;
export const vaultContract = { vault };

interface FakeFrame {
  answer<T>(channel: string, input: unknown, value: () => T): Promise<T>;
  storage(): Storage;
  /** How it is from now on. */
  become(storage: Storage): AppSnapshot;
  /** What is kept here can be read from now on. */
  onOpen(): void;
  /** Nothing can be read any more, and whoever shows something hears of it. */
  onLock(): void;
}

/** What opens the data kept here, as the screens see it. */
export class FakeVault {
  /** What opens it; undefined where the key store alone does. */
  passphrase: string | undefined;
  /** The key store answers no. */
  hasKeyStore = true;
  /** Seconds that a wrong passphrase makes wait. */
  wait = 0;
  readonly #frame: FakeFrame;

  constructor(frame: FakeFrame) {
    this.#frame = frame;
  }

  /** As after a start, where a passphrase opens it. */
  lock(passphrase: string, storage: Partial<Storage> = {}): void {
    this.passphrase = passphrase;
    this.#frame.become({ protection: 'locked', keyStore: null, unlock: { hint: null, waitUntil: null }, ...storage });
  }

  #try(passphrase: string | null): void {
    if (this.passphrase === undefined || passphrase === this.passphrase) return;
    throw new AppError('unauthenticated', {
      reason: 'wrong-passphrase',
      ...(this.wait > 0 && { retryAfter: this.wait }),
    });
  }

  readonly handlers: Handlers<typeof vaultContract> = {
    vault: {
      unlock: (input) =>
        this.#frame.answer('vault.unlock', input, () => {
          this.#try(input.passphrase);
          this.#frame.onOpen();
          const { keyStore, unlock } = this.#frame.storage();
          return this.#frame.become({ protection: keyStore ? 'key-store' : 'passphrase', keyStore, unlock });
        }),
      protect: (input) =>
        this.#frame.answer('vault.protect', input, () => {
          const { keyStore, passphrase, current } = input;
          const fields = passphrase.kind === 'new' ? checkPassphrase(passphrase) : {};
          if (Object.keys(fields).length > 0) throw new AppError('invalid-request', { fields });
          this.#try(current);
          if (keyStore && !this.hasKeyStore)
            throw new AppError('key-store-unavailable', { reason: 'key-store-locked' });
          if (passphrase.kind !== 'keep') this.passphrase = passphrase.kind === 'new' ? passphrase.text : undefined;
          const hint = passphrase.kind === 'new' ? passphrase.hint : (this.#frame.storage().unlock?.hint ?? null);
          return this.#frame.become({
            protection: keyStore ? 'key-store' : 'passphrase',
            keyStore: keyStore ? 'Secret Service' : null,
            ...(this.passphrase !== undefined && { unlock: { hint, waitUntil: null } }),
          });
        }),
      lock: () =>
        this.#frame.answer('vault.lock', undefined, () => {
          if (!this.#frame.storage().unlock) throw new AppError('not-offered');
          this.#frame.onLock();
          return {};
        }),
      keepNothing: () =>
        this.#frame.answer('vault.keepNothing', undefined, () =>
          this.#frame.become({ protection: 'this-run-only', keyStore: null }),
        ),
      giveUp: () =>
        this.#frame.answer('vault.giveUp', undefined, () => {
          this.passphrase = undefined;
          this.#frame.onOpen();
          return this.#frame.become({ protection: 'key-store', keyStore: null });
        }),
    },
  };
}
