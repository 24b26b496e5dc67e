import { randomBytes } from 'node:crypto';
import type { Storage } from '../../../shared/contract/app.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Clock, FileStore, KeyWrapper, Log } from '../ports.ts';
import { Ledger } from './ledger.ts';
import type { Notices } from './notices.ts';
import { peekKeyStore, readVaultKeyFile, unwrapVaultKey, vaultKeyLength, writeVaultKeyFile } from './vault-key-file.ts';
import type { StoredVaultKey } from './vault.stored.ts';

export interface VaultDeps {
  readonly files: FileStore;
  readonly keyWrapper: KeyWrapper;
  readonly clock: Clock;
  readonly log: Log;
  readonly notices: Notices;
  /** Called whenever `status` changes. */
  readonly onChange: () => void;
}

type Wrapped =
  | { readonly keyStore: string; readonly wrappedKey: string }
  | { readonly refused: { readonly restartHelps?: true } };

export interface OpenVault {
  readonly key: Uint8Array;
  readonly ledger: Ledger;
}

/**
 * The one vault key: opened when something sealed is to be read, made when something is to be written first.
 * A key that exists is never replaced, whatever the key store says.
 */
export class Vault {
  readonly #deps: VaultDeps;
  #status: Storage | undefined;
  #open: OpenVault | undefined;
  #opening: Promise<OpenVault | undefined> | undefined;
  #making: Promise<OpenVault | undefined> | undefined;

  constructor(deps: VaultDeps) {
    this.#deps = deps;
  }

  /** Does not ask the key store: until something does, protection is `key-store`, with a name only if one is known. */
  async status(): Promise<Storage> {
    if (this.#status) return this.#status;
    const keyStore = await peekKeyStore(this.#deps.files);
    return this.#status ?? { protection: 'key-store', keyStore };
  }

  /** True from the moment a key was needed and could not be kept; it stays so until the app ends. */
  get isThisRunOnly(): boolean {
    return this.#status?.protection === 'this-run-only';
  }

  /**
   * The vault of this folder, or undefined if it never had one. Asks the key store again after each failure.
   * Errors: AppError key-store-unavailable (key-store-locked, key-store-needs-restart, key-store-changed),
   * storage-fault.
   */
  async existing(): Promise<OpenVault | undefined> {
    if (this.#open || this.isThisRunOnly) return this.#open;
    this.#opening ??= this.#openExisting().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  /** As `existing`, but makes what is missing; undefined if there is no key store to keep a new key in. */
  async obtain(): Promise<OpenVault | undefined> {
    if (this.#open || this.isThisRunOnly) return this.#open;
    this.#making ??= this.#makeIfMissing().finally(() => (this.#making = undefined));
    return this.#making;
  }

  async #openExisting(): Promise<OpenVault | undefined> {
    const { files, keyWrapper, notices } = this.#deps;
    const stored = await readVaultKeyFile(files, notices);
    if (!stored) return undefined;
    try {
      const key = await unwrapVaultKey(keyWrapper, stored);
      this.#open = { key, ledger: await Ledger.open({ files, notices, vaultKey: key }) };
    } catch (error) {
      if (error instanceof AppError && error.code === 'key-store-unavailable')
        this.#become({
          protection: 'locked',
          keyStore: stored.keyStore,
          ...(error.details.reason === 'key-store-needs-restart' && { restartHelps: true }),
        });
      throw error;
    }
    this.#become({ protection: 'key-store', keyStore: stored.keyStore });
    if (keyWrapper.wantsRewrap) await this.#wrapAgain(stored, this.#open.key);
    return this.#open;
  }

  /**
   * The key store has a new key of its own. The old file stays until the new one is on the disk, and was opened once.
   */
  async #wrapAgain(stored: StoredVaultKey, key: Uint8Array): Promise<void> {
    const { files, keyWrapper, log } = this.#deps;
    try {
      const renewed = { ...stored, wrappedKey: Buffer.from(await keyWrapper.wrap(key)).toString('base64') };
      const opened = await unwrapVaultKey(keyWrapper, renewed);
      if (!Buffer.from(opened).equals(key)) throw new Error('what was wrapped again opens to another key');
      await writeVaultKeyFile(files, renewed);
    } catch (error) {
      log.error('the vault key is not wrapped again yet', error);
    }
  }

  async #makeIfMissing(): Promise<OpenVault | undefined> {
    const existing = await this.existing();
    if (existing) return existing;
    const key = randomBytes(vaultKeyLength);
    const wrapped = await this.#wrap(key);
    if ('refused' in wrapped) {
      key.fill(0);
      const { restartHelps } = wrapped.refused;
      this.#become({ protection: 'this-run-only', keyStore: null, ...(restartHelps && { restartHelps }) });
      return undefined;
    }
    const { files, clock, notices } = this.#deps;
    // Ledger first: where there is a key file there must be a ledger, so that taking it away is noticed.
    const ledger = await Ledger.create({ files, notices, vaultKey: key });
    const { keyStore, wrappedKey } = wrapped;
    await writeVaultKeyFile(files, {
      version: 1,
      keyStore,
      wrappedKey,
      createdAt: new Date(clock.now()).toISOString(),
    });
    this.#open = { key, ledger };
    this.#become({ protection: 'key-store', keyStore });
    return this.#open;
  }

  /** `refused` if no key store takes it. Nothing lies sealed yet, so nothing is lost by keeping all in memory. */
  async #wrap(key: Uint8Array): Promise<Wrapped> {
    const { keyWrapper, log } = this.#deps;
    const status = await keyWrapper.status();
    if (!status.available) {
      log.warn('no key store: nothing is kept after this run', { cause: status.cause });
      return { refused: { ...(status.restartHelps && { restartHelps: true }) } };
    }
    try {
      return { keyStore: status.name, wrappedKey: Buffer.from(await keyWrapper.wrap(key)).toString('base64') };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'key-store-unavailable') throw error;
      log.error('key store refuses: nothing is kept after this run', error);
      return { refused: {} };
    }
  }

  #become(status: Storage): void {
    const before = this.#status;
    const hasChanged = (['protection', 'keyStore', 'restartHelps'] as const).some(
      (name) => status[name] !== before?.[name],
    );
    this.#status = status;
    if (hasChanged) this.#deps.onChange();
  }
}
