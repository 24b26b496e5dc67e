import type { AccessKey, AccessKeysSnapshot, MadeAccessKey } from '../../../../shared/contract/keys/access-keys.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ClipboardGuard } from './clipboard-guard.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { AccountLabel } from '../../core/account-label.ts';
import { nativeText } from '../../core/native-text.ts';
import { createSecretFile } from '../../files/secret-file.ts';
import { PendingSecrets } from './pending-secrets.ts';
import { Dedupe } from '../../core/dedupe.ts';
import { KeysReader, type ExtraChange, type KeysDeps, type KeysHead } from './keys-reader.ts';
import { accessKeyRef, withOwnEnd, type KeysState } from './keys-state.ts';
import { makeKey } from './make-key.ts';
import type { FilePicker } from '../../ports.ts';
import type {
  AccessKeyFacts,
  AccessKeysState,
  AccountAccessKeys,
  MadeAccessKeyFacts,
  NewKey,
} from '../../provider/account-keys.ts';

/** How a new key comes about. */
interface Making {
  readonly make: (account: AccountAccessKeys) => Promise<MadeAccessKeyFacts>;
  readonly extraChange?: ((all: KeysState, keyId: string) => KeysState) | undefined;
  /** The one that is void then. */
  readonly replacedId?: string;
}

export interface AccessKeysDeps extends KeysDeps<AccountAccessKeys> {
  readonly clipboard: Pick<ClipboardGuard, 'copySecret'>;
  readonly filePicker: FilePicker;
  /** Errors: not-found. */
  readonly describe: (accountId: string) => Promise<AccountLabel>;
  readonly emit: Emit<'accessKeys.changed'>;
}

/** Several keys of a person for programs, each an id with a secret (C7). */
export class AccessKeysService {
  readonly #deps: AccessKeysDeps;
  readonly #reader: KeysReader<AccountAccessKeys, AccessKeysState, AccessKeysSnapshot>;
  readonly #pending: PendingSecrets;
  readonly #making = new Dedupe<MadeAccessKey>();

  constructor(deps: AccessKeysDeps) {
    this.#deps = deps;
    this.#pending = new PendingSecrets(deps.clock);
    this.#reader = new KeysReader(deps, {
      name: 'accessKeys',
      ask: (account) => account.accessKeysState(),
      get: ({ accessKeys }) => accessKeys,
      put: (all, accessKeys) => ({ ...all, accessKeys }),
      refsOf: ({ keys }) => keys.map(accessKeyRef),
      onRead: (accountId, refs) => {
        this.#pending.clearGone(accountId, refs);
      },
      toSnapshot: (head, state, all) => this.#toSnapshot(head, state, all),
      emit: (snapshot) => deps.emit('accessKeys.changed', snapshot),
    });
  }

  readonly handlers: Handlers<AppContract>['accessKeys'] = {
    list: ({ accountId, from }) => this.#reader.read(accountId, from),
    create: ({ accountId, name, expiresAt }) => this.create(accountId, { name, expiresAt }),
    rotate: ({ accountId, keyId, expiresAt }) => this.rotate(accountId, keyId, expiresAt),
    resume: async ({ accountId }) => ({ newKey: await this.#resume(accountId) }),
    copySecret: async ({ accountId }) => this.#deps.clipboard.copySecret((await this.#mustResume(accountId)).secretKey),
    save: ({ accountId }) => this.#save(accountId),
    finish: async ({ accountId }) => {
      this.#pending.finish(accountId);
      await this.#reader.emitKnown(accountId);
      return {};
    },
    setActive: ({ accountId, keyId, isActive }) => this.setActive(accountId, keyId, isActive),
    remove: ({ accountId, keyId }) => this.remove(accountId, keyId),
    test: ({ accountId }) => this.test(accountId),
    setOwnEnd: async ({ accountId, keyId, ownEnd }) => {
      const key = await this.key(accountId, keyId);
      return this.#reader.emitSnapshot(
        accountId,
        await this.#deps.states.keep(accountId, (all) => withOwnEnd(all, accessKeyRef(key), ownEnd)),
      );
    },
  };

  /** Errors: not-found. */
  async key(accountId: string, keyId: string): Promise<AccessKeyFacts> {
    return find(await this.#reader.known(accountId), keyId);
  }

  /** Null while none is held. */
  async pendingKeyId(accountId: string): Promise<string | null> {
    return (await this.#resume(accountId))?.keyId ?? null;
  }

  /** Whether the provider has this key now, turned on. Errors: reauth-required, those of the provider. */
  isActive(accountId: string, keyId: string): Promise<boolean> {
    return this.#reader.act(accountId, async () => {
      const state = await this.#reader.ask(accountId);
      await this.#saveAndEmit(accountId, state);
      return state.keys.some((key) => key.id === keyId && key.isActive);
    });
  }

  /**
   * `extraChange`: what is kept with it in one write. Errors: those of the provider; storage-fault,
   * key-store-unavailable: then none was made.
   */
  create(
    accountId: string,
    key: NewKey,
    extraChange?: (all: KeysState, keyId: string) => KeysState,
  ): Promise<MadeAccessKey> {
    return this.#make(accountId, [key.name, key.expiresAt, extraChange !== undefined], {
      make: (account) => account.makeAccessKey(key),
      extraChange,
    });
  }

  /** Errors: those of the provider; storage-fault, key-store-unavailable: then the old one goes on. */
  rotate(accountId: string, keyId: string, expiresAt: string | null): Promise<MadeAccessKey> {
    return this.#make(accountId, [keyId, expiresAt], {
      make: (account) => account.rotateAccessKey(keyId, expiresAt),
      replacedId: keyId,
    });
  }

  /** `what` names the act: two of it at once are one. */
  #make(
    accountId: string,
    what: readonly unknown[],
    { make, extraChange, replacedId }: Making,
  ): Promise<MadeAccessKey> {
    return this.#making.run(JSON.stringify([accountId, ...what]), () =>
      this.#reader.act(accountId, async () => {
        const before = await this.#reader.ask(accountId);
        if (before.access.kind === 'not-offered') throw new AppError('not-offered');
        if (replacedId !== undefined) find(before, replacedId);
        const others = before.keys.filter(({ id }) => id !== replacedId);
        const setSecret = this.#pending.begin(accountId);
        return makeKey<MadeAccessKeyFacts, MadeAccessKey>({
          begin: () => this.#reader.begin(accountId, before),
          make: () => this.#deps.signedIn.request(accountId, make),
          accept: async (made) => {
            const ref = accessKeyRef(made.key);
            setSecret(ref, made.secret);
            const snapshot = await this.#saveAndEmit(
              accountId,
              { ...before, keys: [made.key, ...others] },
              ref,
              extraChange && ((all) => extraChange(all, made.key.id)),
            );
            return { snapshot, newKey: { keyId: made.key.id, secretKey: made.secret } };
          },
          cancel: () => this.#reader.cancel(accountId),
          findOut: async () => {
            const known = (await this.#deps.states.read(accountId)).lost.accessKeys.refs.length;
            const snapshot = await this.#reader.refresh(accountId);
            return snapshot.lost.length > known ? { snapshot, newKey: null } : undefined;
          },
        });
      }),
    );
  }

  /** Errors: not-found, conflict, those of the provider. */
  setActive(accountId: string, keyId: string, isActive: boolean): Promise<AccessKeysSnapshot> {
    return this.#reader.act(accountId, async () => {
      // Asked anew, because the revision that is known may be an old one.
      const before = await this.#reader.ask(accountId);
      const key = find(before, keyId);
      if (key.isActive === isActive) return this.#saveAndEmit(accountId, before);
      return confirmOutcome(
        async () => {
          const changed = await this.#deps.signedIn.request(accountId, (account) =>
            account.setAccessKeyActive(keyId, isActive, key.revision),
          );
          return this.#saveAndEmit(accountId, {
            ...before,
            keys: before.keys.map((each) => (each.id === keyId ? changed : each)),
          });
        },
        () =>
          this.#refreshIf(accountId, ({ keys }) =>
            keys.some((each) => each.id === keyId && each.isActive === isActive),
          ),
      );
    });
  }

  /** One that is gone already counts as deleted. Errors: those of the provider. */
  remove(accountId: string, keyId: string): Promise<AccessKeysSnapshot> {
    return this.#reader.act(accountId, async () => {
      return confirmOutcome(
        async () => {
          await this.#deps.signedIn
            .request(accountId, (account) => account.removeAccessKey(keyId))
            .catch(unlessNotFound);
          const before = await this.#reader.known(accountId);
          const { isOwn } = before.keys.find(({ id }) => id === keyId) ?? {};
          const saved = await this.#saveAndEmit(accountId, {
            ...before,
            keys: before.keys.filter(({ id }) => id !== keyId),
          });
          if (isOwn) await this.#noticeEnd(accountId);
          return saved;
        },
        () => this.#refreshIf(accountId, ({ keys }) => keys.every((each) => each.id !== keyId)),
      );
    });
  }

  /** The app has just taken away what it is signed in with: it is told so at once, and not at the next look. */
  async #noticeEnd(accountId: string): Promise<void> {
    await this.#deps.signedIn.request(accountId, (account) => account.accessKeysState()).catch(() => undefined);
  }

  /** A real exchange of the held secret for a token. Errors: not-found, offline. */
  async test(accountId: string): Promise<KeyTest> {
    const { signedIn, clock } = this.#deps;
    const { keyId, secretKey } = await this.#mustResume(accountId);
    const isAccepted = await signedIn.request(accountId, (account) => account.tryAccessKey(keyId, secretKey));
    return { isAccepted, testedAt: new Date(clock.now()).toISOString() };
  }

  /** From the provider, as far as it can be reached. Errors: those of the provider, where nothing is kept. */
  read(accountId: string): Promise<unknown> {
    return this.#reader.read(accountId, 'provider');
  }

  /** Forgets the secrets held for an account, or for all: its session is over, the app is locked or ends. */
  clear(accountId?: string): void {
    this.#pending.clear(accountId);
  }

  async #saveAndEmit(
    accountId: string,
    state: AccessKeysState,
    shown?: string,
    extraChange?: ExtraChange,
  ): Promise<AccessKeysSnapshot> {
    return this.#reader.emitSnapshot(accountId, await this.#reader.save(accountId, state, shown, extraChange));
  }

  /** What the provider says now, if the change that was asked for is to be seen in it. */
  async #refreshIf(
    accountId: string,
    isMade: (snapshot: AccessKeysSnapshot) => boolean,
  ): Promise<AccessKeysSnapshot | undefined> {
    const snapshot = await this.#reader.refresh(accountId);
    return isMade(snapshot) ? snapshot : undefined;
  }

  async #resume(accountId: string) {
    const pending = this.#pending.get(accountId);
    if (!pending) return null;
    const key = (await this.#reader.known(accountId)).keys.find((each) => accessKeyRef(each) === pending.ref);
    return key ? { keyId: key.id, secretKey: pending.secret } : null;
  }

  async #mustResume(accountId: string) {
    const pending = await this.#resume(accountId);
    if (!pending) throw new AppError('not-found');
    return pending;
  }

  async #save(accountId: string): Promise<{ file: string | null }> {
    const { filePicker, describe } = this.#deps;
    const { keyId, secretKey } = await this.#mustResume(accountId);
    const { name, createdAt } = await this.key(accountId, keyId);
    const { isToken } = await this.#reader.known(accountId);
    const secret = isToken
      ? [nativeText('secretFile.token', { token: secretKey })]
      : [
          nativeText('secretFile.accessKeyId', { id: keyId }),
          nativeText('secretFile.secretKey', { secret: secretKey }),
        ];
    const what = nativeText(isToken ? 'secretFile.accessToken' : 'secretFile.accessKey');
    const lines = [...(name === '' ? [] : [name]), ...secret];
    return { file: await filePicker.save(createSecretFile(what, await describe(accountId), createdAt ?? '', lines)) };
  }

  #toSnapshot(head: KeysHead, state: AccessKeysState, { ownEnds, lost }: KeysState): AccessKeysSnapshot {
    const { keys, limit, isToken, acts = usualActs } = state;
    const pending = this.#pending.get(head.accountId);
    const pendingKey = pending && keys.find((key) => accessKeyRef(key) === pending.ref);
    return {
      ...head,
      form: isToken ? 'token' : 'pair',
      acts: [...acts],
      keys: keys.map((key) => toAccessKey(key, ownEnds.get(accessKeyRef(key)) ?? null)),
      limit,
      pendingSecret: pending && pendingKey ? { keyId: pendingKey.id, until: pending.until } : null,
      lost: keys.filter((key) => lost.accessKeys.refs.includes(accessKeyRef(key))).map(({ id }) => id),
    };
  }
}

const usualActs = ['create', 'setActive', 'remove'] as const;

function toAccessKey(
  { id, name, isActive, isOwn, createdAt, lastUsedAt, expiresAt, scopes = [] }: AccessKeyFacts,
  ownEnd: string | null,
): AccessKey {
  return { id, name, isActive, isOwn, createdAt, lastUsedAt, expiresAt, ownEnd, scopes: [...scopes] };
}

function find({ keys }: AccessKeysState, keyId: string): AccessKeyFacts {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('not-found');
  return key;
}

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
