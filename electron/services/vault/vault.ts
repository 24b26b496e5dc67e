import { randomBytes } from 'node:crypto';
import type { Storage } from '../../../shared/contract/app.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ProtectionWish } from '../../../shared/contract/vault.ts';
import { checkPassphrase } from '../../../shared/passphrase.ts';
import { SerialQueue } from '../core/serial-queue.ts';
import { passphraseNeeded } from '../core/passphrase-needed.ts';
import { untilAborted } from '../core/until-aborted.ts';
import type { Clock, FileStore, KeyWrapper, Log } from '../ports.ts';
import { NoKeyStore, sealAndOpen, wrapAs, wrapByKeyStore } from './change-protection.ts';
import { Ledger } from './ledger.ts';
import { LockMark } from './passphrase/lock-mark.ts';
import type { Notices } from './notices.ts';
import type { DeriveKey } from './passphrase/derive-key.ts';
import { isWeaker } from './passphrase/passphrase-slot.ts';
import { Tries } from './passphrase/tries.ts';
import { tryPassphrase } from './passphrase/try-passphrase.ts';
import {
  readVaultKeyFile,
  setVaultKeyAside,
  unwrapVaultKey,
  vaultKeyLength,
  writeVaultKeyFile,
  type WrappedVaultKey,
} from './vault-key-file.ts';
import { VaultStatus } from './vault-status.ts';
import type { StoredPassphraseSlot } from './vault.stored.ts';

export interface VaultDeps {
  readonly files: FileStore;
  readonly keyWrapper: KeyWrapper;
  readonly deriveKey: DeriveKey;
  readonly clock: Clock;
  readonly log: Log;
  readonly notices: Notices;
  /** It was locked just now: the passphrase is asked for, whatever else opens it. */
  readonly isLocked?: boolean;
  /** Called whenever `status` changes. */
  readonly onChange: () => void;
}

export interface OpenVault {
  readonly key: Uint8Array;
  readonly ledger: Ledger;
}

/**
 * The one vault key: opened when something sealed is to be read, made when something is to be written first.
 * A key that exists is never replaced, whatever the key store says; how it is wrapped can change.
 */
export class Vault {
  readonly #deps: VaultDeps;
  readonly #tries: Tries;
  readonly #mark: LockMark;
  readonly #status: VaultStatus;
  /** What changes the file of the key, and each try of a passphrase. */
  readonly #changes = new SerialQueue();
  #open: OpenVault | undefined;
  #opening: Promise<OpenVault | undefined> | undefined;
  #making: Promise<OpenVault | undefined> | undefined;
  #settling: Promise<OpenVault> | undefined;
  /** Its keys are overwritten: nothing opens it any more. */
  #isClosed = false;
  /** Whoever changes how the key is wrapped is let go of by it. */
  #wrapping = new AbortController();
  /** How often the person went on without what does not open: what was being opened then is nobody's. */
  #givenUp = 0;
  /** Resolved once the passphrase has opened it. */
  readonly #opened: Promise<OpenVault>;
  #tellOpened: (open: OpenVault) => void = () => undefined;

  constructor(deps: VaultDeps) {
    this.#deps = deps;
    this.#opened = new Promise((resolve) => (this.#tellOpened = resolve));
    this.#tries = new Tries(deps);
    this.#mark = new LockMark(deps);
    this.#status = new VaultStatus({ ...deps, tries: this.#tries });
  }

  /** Does not ask the key store. */
  status(): Promise<Storage> {
    return this.#status.read();
  }

  /** True from the moment a key was needed and could not be kept, until the person chooses otherwise. */
  get isThisRunOnly(): boolean {
    return this.#status.protection === 'this-run-only';
  }

  /**
   * The vault of this folder, or undefined if it never had one. Asks the key store again after each failure.
   * Errors: AppError key-store-unavailable (key-store-locked, key-store-needs-restart, key-store-changed,
   * passphrase-needed), storage-fault.
   */
  async existing(): Promise<OpenVault | undefined> {
    this.#refuseClosed();
    if (this.#open || this.isThisRunOnly) return this.#open;
    this.#opening ??= this.#openExisting().finally(() => (this.#opening = undefined));
    // A key store that keeps silent holds nobody up who has the passphrase.
    return Promise.race([this.#opening, this.#opened]);
  }

  /** As `existing`, but makes what is missing; undefined if there is no key store to keep a new key in. */
  async obtain(): Promise<OpenVault | undefined> {
    this.#refuseClosed();
    if (this.#open || this.isThisRunOnly) return this.#open;
    this.#making ??= this.#makeIfMissing().finally(() => (this.#making = undefined));
    return this.#making;
  }

  /**
   * Errors: AppError not-found where no passphrase opens it; unauthenticated (wrong-passphrase); rate-limited
   * (locked-out, with `retryAfter`); storage-fault.
   */
  unlock(passphrase: string): Promise<void> {
    return this.#change(async () => {
      if (this.#open) return;
      const wrapped = await readVaultKeyFile(this.#deps);
      if (!wrapped?.passphrase) throw new AppError('not-found');
      const key = await this.#try(wrapped.passphrase, passphrase);
      const { keyStoreProblem } = await this.status();
      this.#tellOpened(await this.#settle(key));
      this.#status.noteOpen(wrapped, keyStoreProblem);
      await this.#mark.remove();
      await this.#renewSlot(wrapped, passphrase);
      if (!wrapped.keyStore) void this.#lookForKeyStore();
    });
  }

  /** It is open, and an act asks who is there. Changes nothing. Errors: those of `unlock`. */
  confirm(passphrase: string): Promise<void> {
    return this.#change(async () => {
      const wrapped = await readVaultKeyFile(this.#deps);
      if (!wrapped?.passphrase) throw new AppError('not-found');
      (await this.#try(wrapped.passphrase, passphrase)).fill(0);
    });
  }

  /**
   * From now on the same key opens as is wished; what is sealed stays as it is. Makes a key where there is none yet.
   * Errors: AppError invalid-request (fields `passphrase`, `hint`), those of `existing` and `unlock`; nothing has
   * changed then.
   */
  async protect(wish: ProtectionWish): Promise<void> {
    const fields = wish.passphrase.kind === 'new' ? checkPassphrase(wish.passphrase) : {};
    if (Object.keys(fields).length > 0) throw new AppError('invalid-request', { fields });
    await this.existing();
    await this.#change(() => this.#protect(wish));
  }

  /** Nothing is kept after this run, and the person knows. */
  keepNothing(): void {
    this.#status.noteDecided();
  }

  /**
   * Goes on without what does not open; its files stay, under other names. Errors: AppError not-found where it is not
   * locked; storage-fault.
   */
  giveUp(): Promise<void> {
    return this.#change(async () => {
      await this.#settling?.catch(() => undefined);
      const { protection } = await this.status();
      if (this.#open || protection !== 'locked') throw new AppError('not-found');
      this.#givenUp += 1;
      await setVaultKeyAside(this.#deps);
      await this.#tries.clear();
      await this.#mark.remove();
      this.#status.forget();
    });
  }

  /**
   * From the next start on the passphrase is asked for first. Errors: AppError not-offered where none opens it.
   */
  async mark(): Promise<void> {
    if (!this.#open || !(await this.status()).unlock) throw new AppError('not-offered');
    await this.#mark.put();
  }

  /**
   * A lock has waited long enough for whoever wraps the key anew: a key store may ask the person, who has gone. Nothing
   * has changed then. Where nothing would unlock it there is no lock, and they go on.
   */
  async letGo(): Promise<void> {
    if (!this.#open || !(await this.status()).unlock) return;
    this.#wrapping.abort(passphraseNeeded());
    this.#wrapping = new AbortController();
  }

  /**
   * Overwrites the keys; nothing can be read or written from now on. A change that runs comes first: of a key that is
   * overwritten meanwhile it would wrap zeros.
   */
  close(): Promise<void> {
    return this.#change(() => {
      this.#isClosed = true;
      this.#open?.key.fill(0);
      this.#open?.ledger.wipe();
      this.#open = undefined;
    });
  }

  #change<T>(act: () => Promise<T> | T): Promise<T> {
    return this.#changes.run('key', async () => {
      this.#refuseClosed();
      return act();
    });
  }

  #refuseClosed(): void {
    if (this.#isClosed) throw passphraseNeeded();
  }

  async #openExisting(): Promise<OpenVault | undefined> {
    const { keyWrapper } = this.#deps;
    const wrapped = await readVaultKeyFile(this.#deps);
    if (!wrapped) return undefined;
    if (!wrapped.keyStore || (wrapped.passphrase && (await this.#mark.isThere()))) return this.#refuse(wrapped);
    const givenUp = this.#givenUp;
    const key = await unwrapVaultKey(keyWrapper, wrapped.keyStore.wrappedKey).catch((error: unknown) =>
      // Meanwhile the passphrase may have been given, or the person went on without.
      this.#open || givenUp !== this.#givenUp ? undefined : this.#refuse(wrapped, error),
    );
    if (!key || this.#open || givenUp !== this.#givenUp) {
      key?.fill(0);
      return this.#open;
    }
    const open = await this.#settle(key);
    this.#status.noteOpen(wrapped);
    if (keyWrapper.wantsRewrap) await this.#wrapAgain(open.key);
    return open;
  }

  #refuse(wrapped: WrappedVaultKey, error?: unknown): never {
    const isRefusal = error instanceof AppError && error.code === 'key-store-unavailable';
    if (error && !isRefusal) throw error;
    this.#status.noteLocked(wrapped, isRefusal ? error : undefined);
    if (wrapped.passphrase) throw passphraseNeeded(error);
    throw error;
  }

  /** One ledger, however many found the key at the same time. */
  async #settle(key: Uint8Array): Promise<OpenVault> {
    const { files, notices } = this.#deps;
    const found = this.#open ?? this.#settling;
    if (found || this.#isClosed) key.fill(0);
    this.#refuseClosed();
    if (found) return found;
    this.#settling = Ledger.open({ files, notices, vaultKey: key })
      .then((ledger) => (this.#open = { key, ledger }))
      .finally(() => (this.#settling = undefined));
    return this.#settling;
  }

  /** Errors: those of `tryPassphrase`. */
  async #try(slot: StoredPassphraseSlot, passphrase: string): Promise<Uint8Array> {
    const { deriveKey } = this.#deps;
    const onWrong = (): void => this.#status.noteWrong();
    const key = await tryPassphrase(slot, passphrase, { tries: this.#tries, deriveKey, onWrong });
    if (key.length !== vaultKeyLength) throw new AppError('unauthenticated', { reason: 'wrong-passphrase' });
    return key;
  }

  async #protect(wish: ProtectionWish): Promise<void> {
    const { clock } = this.#deps;
    const open = this.#open;
    const former = open && (await readVaultKeyFile(this.#deps));
    if (former?.passphrase) (await this.#try(former.passphrase, wish.current ?? '')).fill(0);
    const key = open?.key ?? randomBytes(vaultKeyLength);
    const none = { keyStore: null, passphrase: null, createdAt: new Date(clock.now()).toISOString() };
    const wrapped = await this.#wrap(wish, key, former ?? none);
    if (open) await writeVaultKeyFile(this.#deps, wrapped);
    else await this.#begin(key, wrapped);
    this.#status.noteOpen(wrapped);
  }

  /** A copy, which goes with whoever waits: what a key store says of it later is dropped. Errors: those of `wrapAs`. */
  async #wrap(wish: ProtectionWish, key: Uint8Array, former: WrappedVaultKey): Promise<WrappedVaultKey> {
    const copy = Uint8Array.from(key);
    const wrapping = wrapAs(wish, copy, former, this.#deps);
    return untilAborted(wrapping, this.#wrapping.signal).finally(() => copy.fill(0));
  }

  /**
   * The key store has a new key of its own. The old file stays until the new one is on the disk, and was opened once.
   */
  async #wrapAgain(key: Uint8Array): Promise<void> {
    const wish: ProtectionWish = { keyStore: true, passphrase: { kind: 'keep' }, current: null };
    await this.#change(async () => {
      // As it is by now: what was changed meanwhile stays.
      const former = await readVaultKeyFile(this.#deps);
      if (former?.keyStore) await writeVaultKeyFile(this.#deps, await this.#wrap(wish, key, former));
    }).catch((error: unknown) => this.#deps.log.error('the vault key is not wrapped again yet', error));
  }

  /** While the passphrase is at hand: under parameters as they are today. */
  async #renewSlot(wrapped: WrappedVaultKey, text: string): Promise<void> {
    const { deriveKey, log } = this.#deps;
    const { passphrase } = wrapped;
    const key = this.#open?.key;
    if (!key || !passphrase || !isWeaker(passphrase.kdf)) return;
    await sealAndOpen(key, { text, hint: passphrase.hint }, deriveKey)
      .then((slot) => writeVaultKeyFile(this.#deps, { ...wrapped, passphrase: slot }))
      .catch((error: unknown) => log.error('the passphrase is not made harder to guess yet', error));
  }

  async #lookForKeyStore(): Promise<void> {
    const { available } = await this.#deps.keyWrapper.status();
    if (available) this.#status.noteKeyStoreFound();
  }

  async #makeIfMissing(): Promise<OpenVault | undefined> {
    const existing = await this.existing();
    return existing ?? this.#change(() => this.#open ?? this.#make());
  }

  async #make(): Promise<OpenVault | undefined> {
    const { keyWrapper, clock, log } = this.#deps;
    const key = randomBytes(vaultKeyLength);
    try {
      const keyStore = await wrapByKeyStore(keyWrapper, key);
      const wrapped = { keyStore, passphrase: null, createdAt: new Date(clock.now()).toISOString() };
      const open = await this.#begin(key, wrapped);
      this.#status.noteOpen(wrapped);
      return open;
    } catch (error) {
      if (!(error instanceof NoKeyStore)) throw error;
      key.fill(0);
      const { restartHelps = false, isSwitchedOff = false } = error.status;
      log.error('no key store: nothing is kept after this run, unless a passphrase is chosen', error);
      this.#status.noteThisRunOnly({ restartHelps, isUndecided: !isSwitchedOff });
      return undefined;
    }
  }

  async #begin(key: Uint8Array, wrapped: WrappedVaultKey): Promise<OpenVault> {
    const { files, notices } = this.#deps;
    // Ledger first: where there is a key file there must be a ledger, so that taking it away is noticed.
    const ledger = await Ledger.create({ files, notices, vaultKey: key });
    await writeVaultKeyFile(this.#deps, wrapped);
    return (this.#open = { key, ledger });
  }
}
