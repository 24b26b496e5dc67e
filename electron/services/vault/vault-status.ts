import type { Storage } from '../../../shared/contract/app.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { Clock, FileStore } from '../ports.ts';
import type { Tries } from './passphrase/tries.ts';
import { peekVaultKeyFile, type WrappedVaultKey } from './vault-key-file.ts';

export interface VaultStatusDeps {
  readonly files: FileStore;
  readonly clock: Clock;
  readonly tries: Tries;
  /** Called whenever it changes. */
  readonly onChange: () => void;
}

/** What `status` of the vault answers, but for what is counted: the wait after wrong passphrases. */
type Known = Omit<Storage, 'unlock'> & { readonly hint?: string | null };

/** What protects what is kept, as far as it is known. */
export class VaultStatus {
  readonly #deps: VaultStatusDeps;
  #known: Known | undefined;

  constructor(deps: VaultStatusDeps) {
    this.#deps = deps;
  }

  get protection(): Storage['protection'] | undefined {
    return this.#known?.protection;
  }

  /** Asks no key store: until something does, `key-store`, with a name only if one is known. */
  async read(): Promise<Storage> {
    const peeked = this.#known ? undefined : await this.#peek();
    const { hint, ...known } = this.#known ?? peeked ?? { protection: 'key-store', keyStore: null };
    if (hint === undefined) return known;
    const { tries, clock } = this.#deps;
    const wait = await tries.wait();
    return { ...known, unlock: { hint, waitUntil: wait > 0 ? new Date(clock.now() + wait).toISOString() : null } };
  }

  /** It is open. `problem`: why the key store did not open it, where it should have. */
  noteOpen({ keyStore, passphrase }: WrappedVaultKey, problem?: Storage['keyStoreProblem']): void {
    this.#become({
      protection: keyStore ? 'key-store' : 'passphrase',
      keyStore: keyStore?.keyStore ?? null,
      ...(passphrase && { hint: passphrase.hint }),
      ...(problem && { keyStoreProblem: problem }),
    });
  }

  /** It does not open; `error` is what the key store said, if one was asked. */
  noteLocked({ keyStore, passphrase }: WrappedVaultKey, error?: AppError): void {
    this.#become({
      protection: 'locked',
      keyStore: keyStore?.keyStore ?? null,
      ...(error && { keyStoreProblem: problemOf(error) }),
      ...(error?.details.reason === 'key-store-needs-restart' && { restartHelps: true }),
      ...(passphrase && { hint: passphrase.hint }),
    });
  }

  /** Nothing lies sealed yet, so nothing is lost by keeping all in memory. */
  noteThisRunOnly({ restartHelps = false, isUndecided }: { restartHelps?: boolean; isUndecided: boolean }): void {
    this.#become({
      protection: 'this-run-only',
      keyStore: null,
      ...(restartHelps && { restartHelps }),
      ...(isUndecided && { isUndecided }),
    });
  }

  noteKeyStoreFound(): void {
    if (this.#known?.protection === 'passphrase') this.#become({ ...this.#known, keyStoreFound: true });
  }

  /** The person chose that nothing is kept. */
  noteDecided(): void {
    if (!this.#known?.isUndecided) return;
    const { isUndecided: _, ...rest } = this.#known;
    this.#become(rest);
  }

  /** A wrong passphrase: there may be a wait now. */
  noteWrong(): void {
    this.#deps.onChange();
  }

  /** Nothing lies sealed here any more. */
  forget(): void {
    this.#known = undefined;
    this.#deps.onChange();
  }

  #become(known: Known): void {
    const hasChanged = JSON.stringify(known) !== JSON.stringify(this.#known);
    this.#known = known;
    if (hasChanged) this.#deps.onChange();
  }

  async #peek(): Promise<Known | undefined> {
    const wrapped = await peekVaultKeyFile(this.#deps.files);
    if (!wrapped) return undefined;
    const { keyStore, passphrase } = wrapped;
    const hint = passphrase && { hint: passphrase.hint };
    return keyStore
      ? { protection: 'key-store', keyStore: keyStore.keyStore, ...hint }
      : { protection: 'locked', keyStore: null, ...hint };
  }
}

function problemOf({ details }: AppError): 'locked' | 'changed' {
  return details.reason === 'key-store-changed' ? 'changed' : 'locked';
}
