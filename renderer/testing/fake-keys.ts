import type {
  AccessKey,
  AccessKeysSnapshot,
  MadeAccessKey,
  NewAccessKey,
} from '../../shared/contract/keys/access-keys.ts';
import type { ApiKeySnapshot, MadeApiKey } from '../../shared/contract/keys/api-key.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Rotation, RotationSnapshot } from '../../shared/contract/keys/rotation.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { headOf, nextSequence } from './next-sequence.ts';
import {
  emptyRotation,
  makeAccessKey,
  makeApiKey,
  makeExamples,
  sampleAccessSecret,
  sampleApiKey,
  takenAt,
} from './sample-keys.ts';

const { apiKey, accessKeys, rotation, clipboard } = contract;
export const keysContract = { apiKey, accessKeys, rotation, clipboard };
type KeysContract = typeof keysContract;

type KeysFrame = Pick<FakeFrame, 'answer'> & {
  emit<K extends keyof EventMap<KeysContract> & string>(channel: K, payload: EventMap<KeysContract>[K]): void;
  /** Whether the act has to be proved first (E12). */
  needsProof(): boolean;
};

type Head = Pick<ApiKeySnapshot, 'source' | 'takenAt' | 'access' | 'offers'>;

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/**
 * API key, access keys, rotation and clipboard as the screens see them. Fields are public so that a test can put it
 * there.
 */
export class FakeKeys {
  head: Head = { source: 'provider', takenAt, access: { kind: 'editable' }, offers: ['name', 'expiry'] };
  apiKey: ApiKeySnapshot['key'] = null;
  accessKeys: AccessKey[] = [];
  /** What they are at this service. */
  form: AccessKeysSnapshot['form'] = 'pair';
  limit: number | null = 10;
  /** Shown once, held until Done. */
  pendingApiKey: string | null = null;
  pendingAccessKey: NewAccessKey | null = null;
  /** The next new key is made, but the answer with its secret gets lost. */
  losesReply = false;
  isApiKeyLost = false;
  lostAccessKeys: string[] = [];
  hasClipboard = true;
  /** Whether the provider accepts a key that is tested. */
  isAccepted = true;
  rotation: Rotation | null = null;
  /** Where the person has a key written; null for a cancelled choice. */
  file: string | null = '/home/mara/key.txt';
  readonly #frame: KeysFrame;

  constructor(frame: KeysFrame) {
    this.#frame = frame;
  }

  addApiKey(name = 'Backup script'): void {
    this.apiKey = makeApiKey(name);
  }

  addAccessKey(changes: Partial<AccessKey> = {}): AccessKey {
    const key = makeAccessKey(`k${String(this.accessKeys.length + 1)}`, changes);
    this.accessKeys = [key, ...this.accessKeys];
    return key;
  }

  apiKeyOf(accountId: string, sequence = nextSequence()): ApiKeySnapshot {
    return {
      accountId,
      sequence,
      ...this.head,
      key: this.apiKey,
      pendingSecretUntil: this.pendingApiKey && inAnHour(),
      isLost: this.isApiKeyLost,
    };
  }

  accessKeysOf(accountId: string, sequence = nextSequence()): AccessKeysSnapshot {
    const pendingSecret = this.pendingAccessKey && { keyId: this.pendingAccessKey.keyId, until: inAnHour() };
    return {
      accountId,
      sequence,
      ...this.head,
      form: this.form,
      acts: this.form === 'token' ? ['rotate', 'remove'] : ['create', 'setActive', 'remove'],
      keys: this.accessKeys,
      limit: this.limit,
      pendingSecret,
      lost: this.lostAccessKeys,
    };
  }

  rotationOf(accountId: string, sequence = nextSequence()): RotationSnapshot {
    return { ...headOf(accountId, sequence), source: 'cache', rotation: this.rotation };
  }

  #proved<T>(channel: string, input: unknown, value: () => T): Promise<T> {
    return this.#frame.answer(channel, input, () => {
      if (this.#frame.needsProof()) throw new AppError('reauth-required');
      return value();
    });
  }

  #guarded<T>(channel: string, input: unknown, value: () => T): Promise<T> {
    return this.#proved(channel, input, () => {
      if (this.head.access.kind === 'needs-permission')
        throw new AppError('forbidden', { permission: this.head.access.permission });
      return value();
    });
  }

  #tellApiKey(accountId: string): ApiKeySnapshot {
    const snapshot = this.apiKeyOf(accountId);
    this.#frame.emit('apiKey.changed', snapshot);
    return snapshot;
  }

  #tellAccessKeys(accountId: string): AccessKeysSnapshot {
    const snapshot = this.accessKeysOf(accountId);
    this.#frame.emit('accessKeys.changed', snapshot);
    return snapshot;
  }

  #makeApiKey(accountId: string, name: string, expiresAt: string | null): MadeApiKey {
    if (name === '' && this.head.offers.includes('name'))
      throw new AppError('invalid-request', { fields: { name: { code: 'required' } } });
    this.addApiKey(name);
    if (this.apiKey) this.apiKey = { ...this.apiKey, expiresAt };
    this.isApiKeyLost = this.losesReply;
    this.pendingApiKey = this.losesReply ? null : sampleApiKey;
    return { snapshot: this.#tellApiKey(accountId), newApiKey: this.pendingApiKey };
  }

  #makeAccessKey(accountId: string, name: string, expiresAt: string | null): MadeAccessKey {
    if (this.limit !== null && this.accessKeys.length >= this.limit)
      throw new AppError('invalid-request', { reason: 'limit-reached' });
    const { id: keyId } = this.addAccessKey({ name, expiresAt });
    if (this.losesReply) this.lostAccessKeys = [...this.lostAccessKeys, keyId];
    this.pendingAccessKey = this.losesReply ? null : { keyId, secretKey: sampleAccessSecret };
    return { snapshot: this.#tellAccessKeys(accountId), newKey: this.pendingAccessKey };
  }

  #changeKey(accountId: string, keyId: string, changes: Partial<AccessKey>): AccessKeysSnapshot {
    if (!this.accessKeys.some(({ id }) => id === keyId)) throw new AppError('not-found');
    this.accessKeys = this.accessKeys.map((key) => (key.id === keyId ? { ...key, ...changes } : key));
    return this.#tellAccessKeys(accountId);
  }

  #copy(isThere: boolean) {
    if (!isThere) throw new AppError('not-found');
    if (!this.hasClipboard) throw new AppError('clipboard-unavailable');
    const clearsAt = new Date(Date.now() + 30_000).toISOString();
    this.#frame.emit('clipboard.changed', { clearsAt });
    return { clearsAt };
  }

  #rotate(accountId: string, changes: Partial<Rotation> | null) {
    this.rotation = changes && { ...(this.rotation ?? emptyRotation(accountId)), ...changes };
    const snapshot = this.rotationOf(accountId);
    this.#frame.emit('rotation.changed', snapshot);
    return snapshot;
  }

  #test() {
    return { isAccepted: this.isAccepted, testedAt: new Date().toISOString() };
  }

  readonly #canShow = () =>
    this.pendingApiKey !== null || (this.apiKey !== null && this.head.offers.includes('reveal'));

  readonly #apiKeyHandlers: Handlers<KeysContract>['apiKey'] = {
    get: (input) =>
      this.#frame.answer(`apiKey.get ${input.from}`, input, () => ({
        ...this.apiKeyOf(input.accountId),
        source: input.from,
      })),
    generate: (input) =>
      this.#guarded('apiKey.generate', input, () => this.#makeApiKey(input.accountId, input.name, input.expiresAt)),
    rotate: (input) =>
      this.#guarded('apiKey.rotate', input, () =>
        this.#makeApiKey(input.accountId, this.apiKey?.name ?? '', this.apiKey?.expiresAt ?? null),
      ),
    remove: (input) =>
      this.#guarded('apiKey.remove', input, () => {
        this.apiKey = this.pendingApiKey = null;
        return this.#tellApiKey(input.accountId);
      }),
    reveal: (input) => this.#guarded('apiKey.reveal', input, () => ({ apiKey: sampleApiKey })),
    resume: (input) => this.#frame.answer('apiKey.resume', input, () => ({ newApiKey: this.pendingApiKey })),
    copy: (input) => this.#frame.answer('apiKey.copy', input, () => this.#copy(this.#canShow())),
    save: (input) => this.#frame.answer('apiKey.save', input, () => ({ file: this.file })),
    finish: (input) =>
      this.#frame.answer('apiKey.finish', input, () => {
        this.pendingApiKey = null;
        this.#tellApiKey(input.accountId);
        return {};
      }),
    test: (input) => this.#frame.answer('apiKey.test', input, () => this.#test()),
    examples: (input) =>
      this.#frame.answer('apiKey.examples', input, () => ({ examples: makeExamples(this.apiKey?.lastFour) })),
    copyExample: (input) => {
      const copy = () => ({ ...this.#copy(true), holdsKey: this.#canShow() });
      // To show a key again takes a proof, one that is held does not.
      return this.#canShow() && this.pendingApiKey === null
        ? this.#guarded('apiKey.copyExample', input, copy)
        : this.#frame.answer('apiKey.copyExample', input, copy);
    },
    setOwnEnd: (input) =>
      this.#frame.answer('apiKey.setOwnEnd', input, () => {
        if (!this.apiKey) throw new AppError('not-found');
        this.apiKey = { ...this.apiKey, ownEnd: input.ownEnd };
        return this.#tellApiKey(input.accountId);
      }),
  };

  readonly #accessKeyHandlers: Handlers<KeysContract>['accessKeys'] = {
    list: (input) =>
      this.#frame.answer(`accessKeys.list ${input.from}`, input, () => ({
        ...this.accessKeysOf(input.accountId),
        source: input.from,
      })),
    create: (input) =>
      this.#guarded('accessKeys.create', input, () =>
        this.#makeAccessKey(input.accountId, input.name, input.expiresAt),
      ),
    rotate: (input) =>
      this.#guarded('accessKeys.rotate', input, () => {
        const old = this.accessKeys.find(({ id }) => id === input.keyId);
        if (!old) throw new AppError('not-found');
        this.accessKeys = this.accessKeys.filter((key) => key !== old);
        const made = this.#makeAccessKey(input.accountId, old.name, input.expiresAt);
        const [newest] = this.accessKeys;
        const changes = { scopes: old.scopes, ...(old.isOwn && { isOwn: old.isOwn }) };
        return newest ? { ...made, snapshot: this.#changeKey(input.accountId, newest.id, changes) } : made;
      }),
    resume: (input) => this.#frame.answer('accessKeys.resume', input, () => ({ newKey: this.pendingAccessKey })),
    copySecret: (input) =>
      this.#frame.answer('accessKeys.copySecret', input, () => this.#copy(this.pendingAccessKey !== null)),
    save: (input) => this.#frame.answer('accessKeys.save', input, () => ({ file: this.file })),
    finish: (input) =>
      this.#frame.answer('accessKeys.finish', input, () => {
        this.pendingAccessKey = null;
        this.#tellAccessKeys(input.accountId);
        return {};
      }),
    setActive: (input) =>
      this.#proved('accessKeys.setActive', input, () =>
        this.#changeKey(input.accountId, input.keyId, { isActive: input.isActive }),
      ),
    remove: (input) =>
      this.#proved('accessKeys.remove', input, () => {
        this.accessKeys = this.accessKeys.filter(({ id }) => id !== input.keyId);
        return this.#tellAccessKeys(input.accountId);
      }),
    test: (input) => this.#frame.answer('accessKeys.test', input, () => this.#test()),
    setOwnEnd: (input) =>
      this.#frame.answer('accessKeys.setOwnEnd', input, () =>
        this.#changeKey(input.accountId, input.keyId, { ownEnd: input.ownEnd }),
      ),
  };

  readonly #rotationHandlers: Handlers<KeysContract>['rotation'] = {
    get: (input) => {
      const asked = nextSequence();
      return this.#frame.answer('rotation.get', input, () => this.rotationOf(input.accountId, asked));
    },
    beginAccessKey: (input) =>
      this.#guarded('rotation.beginAccessKey', input, () => {
        const made = this.#makeAccessKey(input.accountId, '', null);
        return {
          made,
          ...this.#rotate(input.accountId, {
            kind: 'access-key',
            step: 'test',
            oldKeyId: input.keyId,
            newKeyId: made.newKey?.keyId ?? null,
          }),
        };
      }),
    beginApiKey: (input) =>
      this.#frame.answer('rotation.beginApiKey', input, () =>
        this.#rotate(input.accountId, { kind: 'api-key', step: 'prepare' }),
      ),
    setPlaces: (input) =>
      this.#frame.answer('rotation.setPlaces', input, () => this.#rotate(input.accountId, { places: input.places })),
    renewApiKey: (input) =>
      this.#guarded('rotation.renewApiKey', input, () => {
        const made = this.#makeApiKey(input.accountId, this.apiKey?.name ?? '', null);
        return { made, ...this.#rotate(input.accountId, { step: 'test' }) };
      }),
    test: (input) =>
      this.#frame.answer('rotation.test', input, () => {
        if (!this.isAccepted) throw new AppError('unauthenticated', { reason: 'key-refused' });
        return this.#rotate(input.accountId, { step: 'switch', testedAt: new Date().toISOString() });
      }),
    stopOld: (input) =>
      this.#guarded('rotation.stopOld', input, () =>
        this.#rotate(input.accountId, { step: 'stopped', deleteAt: input.deleteAt }),
      ),
    restartOld: (input) =>
      this.#guarded('rotation.restartOld', input, () =>
        this.#rotate(input.accountId, { step: 'switch', deleteAt: null }),
      ),
    deleteOld: (input) =>
      this.#guarded('rotation.deleteOld', input, () => {
        this.accessKeys = this.accessKeys.filter(({ id }) => id !== this.rotation?.oldKeyId);
        return this.#rotate(input.accountId, null);
      }),
    end: (input) => this.#frame.answer('rotation.end', input, () => this.#rotate(input.accountId, null)),
  };

  readonly handlers: Handlers<KeysContract> = {
    apiKey: this.#apiKeyHandlers,
    accessKeys: this.#accessKeyHandlers,
    rotation: this.#rotationHandlers,
    clipboard: {
      copyText: (input) =>
        this.#frame.answer('clipboard.copyText', input, () => {
          if (!this.hasClipboard) throw new AppError('clipboard-unavailable');
          return {};
        }),
      copySecret: (input) => this.#frame.answer('clipboard.copySecret', input, () => this.#copy(true)),
    },
  };
}
