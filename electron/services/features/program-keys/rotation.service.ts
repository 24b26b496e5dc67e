import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import type { Rotation } from '../../../../shared/contract/keys/rotation.ts';
import { endOfNext } from '../../../../shared/key-lifetime.ts';
import type { EventMap, Handlers } from '../../../../shared/rpc/define.ts';
import type { AccessKeysService } from './access-keys.service.ts';
import type { ApiKeyService } from './api-key.service.ts';
import type { AccountState } from '../../resources/account-state.ts';
import type { KeysState } from './keys-state.ts';
import type { StoredRotation } from './keys.stored.ts';
import type { Clock } from '../../ports.ts';
import { SerialQueue } from '../../core/serial-queue.ts';

export interface RotationOptions {
  readonly kept: Pick<AccountState<KeysState>, 'read' | 'keep'>;
  readonly apiKey: Pick<ApiKeyService, 'key' | 'rotate' | 'test'>;
  readonly accessKeys: Pick<
    AccessKeysService,
    'key' | 'heldKeyId' | 'isActive' | 'create' | 'setActive' | 'remove' | 'test'
  >;
  readonly clock: Clock;
  readonly emit: (channel: 'rotation.changed', payload: EventMap<AppContract>['rotation.changed']) => void;
}

interface State {
  readonly rotation: Rotation | null;
}

const fresh = { oldKeyId: null, newKeyId: null, places: [], testedAt: null, deleteAt: null };

/**
 * Exchanges a key without a gap (X2), one rotation a connection. Each step is kept once it is done, so that a restart
 * goes on there.
 */
export class RotationService {
  readonly #options: RotationOptions;
  readonly #queue = new SerialQueue();

  constructor(options: RotationOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<AppContract>['rotation'] = {
    get: async ({ connectionId }) => toState(connectionId, await this.#read(connectionId)),
    beginAccessKey: ({ connectionId, keyId }) =>
      this.#queue.run(connectionId, () => this.#beginAccessKey(connectionId, keyId)),
    beginApiKey: ({ connectionId }) => this.#queue.run(connectionId, () => this.#beginApiKey(connectionId)),
    setPlaces: ({ connectionId, places }) =>
      this.#step(connectionId, undefined, async (rotation) => ({ ...rotation, places })),
    renewApiKey: ({ connectionId }) => this.#queue.run(connectionId, () => this.#renewApiKey(connectionId)),
    test: ({ connectionId }) =>
      this.#step(connectionId, ['test', 'switch'], async (rotation) => ({
        ...rotation,
        ...(await this.#test(connectionId, rotation)),
      })),
    stopOld: ({ connectionId, deleteAt }) =>
      this.#step(connectionId, ['switch'], (rotation) => this.#stopOld(connectionId, rotation, deleteAt)),
    restartOld: ({ connectionId }) =>
      this.#step(connectionId, ['stopped'], (rotation) => this.#restartOld(connectionId, rotation)),
    deleteOld: ({ connectionId }) =>
      this.#step(connectionId, ['stopped'], (rotation) => this.#deleteOld(connectionId, rotation)),
    end: ({ connectionId }) => this.#step(connectionId, undefined, async () => null),
  };

  /**
   * Deletes the old key if its time has come. Errors: those of the provider, and reauth-required without a fresh proof.
   */
  async deleteDue(connectionId: string): Promise<void> {
    const isDue = ({ deleteAt }: StoredRotation) =>
      deleteAt !== null && Date.parse(deleteAt) <= this.#options.clock.now();
    const rotation = await this.#read(connectionId);
    if (!rotation || !isDue(rotation)) return;
    await this.#step(connectionId, ['stopped'], async (now) =>
      isDue(now) ? this.#deleteUnattended(connectionId, now) : now,
    );
  }

  /** Not a key that the person turned on again elsewhere, nor the last one there is: from there on they decide. */
  async #deleteUnattended(connectionId: string, rotation: StoredRotation): Promise<StoredRotation | null> {
    const { accessKeys } = this.#options;
    if (await accessKeys.isActive(connectionId, oldKeyOf(rotation)))
      return { ...rotation, step: 'switch', deleteAt: null };
    if (!(await this.#hasNewKey(connectionId, rotation))) return { ...rotation, deleteAt: null };
    return this.#deleteOld(connectionId, rotation);
  }

  async #hasNewKey(connectionId: string, { newKeyId }: StoredRotation): Promise<boolean> {
    return newKeyId !== null && this.#options.accessKeys.isActive(connectionId, newKeyId);
  }

  async #beginAccessKey(connectionId: string, oldKeyId: string) {
    const { accessKeys, clock } = this.#options;
    await this.#mustBeFree(connectionId);
    const old = await accessKeys.key(connectionId, oldKeyId);
    // For as long as the old one was made for.
    const lifetime = old.expiresAt && { createdAt: Date.parse(old.createdAt), expiresAt: Date.parse(old.expiresAt) };
    const expiresAt = lifetime && new Date(endOfNext(lifetime, clock.now())).toISOString();
    const made = await accessKeys.create(connectionId, { name: old.name, expiresAt }, (all, newKeyId) => ({
      ...all,
      rotation: { ...fresh, kind: 'access-key', step: 'test', oldKeyId, newKeyId },
    }));
    return { made, ...(await this.#tellMade(connectionId, made.newKey)) };
  }

  async #beginApiKey(connectionId: string): Promise<State> {
    await this.#mustBeFree(connectionId);
    await this.#options.apiKey.key(connectionId);
    return this.#keep(connectionId, { ...fresh, kind: 'api-key', step: 'prepare' });
  }

  async #renewApiKey(connectionId: string) {
    const rotation = await this.#at(connectionId, ['prepare']);
    const made = await this.#options.apiKey.rotate(connectionId, (all) => ({
      ...all,
      rotation: { ...rotation, step: 'test' },
    }));
    return { made, ...(await this.#tellMade(connectionId, made.newApiKey)) };
  }

  async #test(
    connectionId: string,
    { kind, newKeyId }: StoredRotation,
  ): Promise<Pick<StoredRotation, 'step' | 'testedAt'>> {
    const { isAccepted, testedAt } = await (kind === 'api-key'
      ? this.#options.apiKey.test(connectionId)
      : this.#testAccessKey(connectionId, newKeyId));
    if (!isAccepted) throw new AppError('unauthenticated', { reason: 'key-refused' });
    return { step: 'switch', testedAt };
  }

  /** Errors: not-found if the secret that is held is not that of the new key. */
  async #testAccessKey(connectionId: string, newKeyId: string | null): Promise<KeyTest> {
    const { accessKeys } = this.#options;
    if ((await accessKeys.heldKeyId(connectionId)) !== newKeyId) throw new AppError('not-found');
    return accessKeys.test(connectionId);
  }

  async #stopOld(connectionId: string, rotation: StoredRotation, deleteAt: string | null): Promise<StoredRotation> {
    const oldKeyId = oldKeyOf(rotation);
    // As long as one place uses the old key, stopping it would be the gap.
    if (rotation.places.some(({ isSwitched }) => !isSwitched))
      throw new AppError('invalid-request', { fields: { places: { code: 'required' } } });
    // Tested once, it may have been stopped or deleted elsewhere since.
    if (!(await this.#hasNewKey(connectionId, rotation)))
      throw new AppError('unauthenticated', { reason: 'key-refused' });
    await this.#options.accessKeys.setActive(connectionId, oldKeyId, false);
    return { ...rotation, step: 'stopped', deleteAt };
  }

  async #restartOld(connectionId: string, rotation: StoredRotation): Promise<StoredRotation> {
    await this.#options.accessKeys.setActive(connectionId, oldKeyOf(rotation), true);
    return { ...rotation, step: 'switch', deleteAt: null };
  }

  async #deleteOld(connectionId: string, rotation: StoredRotation): Promise<null> {
    await this.#options.accessKeys.remove(connectionId, oldKeyOf(rotation));
    return null;
  }

  /** Goes on from one of these steps, or from any; null ends it. */
  #step(
    connectionId: string,
    from: readonly StoredRotation['step'][] | undefined,
    next: (rotation: StoredRotation) => Promise<StoredRotation | null>,
  ): Promise<State> {
    return this.#queue.run(connectionId, async () =>
      this.#keep(connectionId, await next(await this.#at(connectionId, from))),
    );
  }

  /** Errors: not-found without one, conflict at another step. */
  async #at(connectionId: string, steps: readonly StoredRotation['step'][] | undefined): Promise<StoredRotation> {
    const rotation = await this.#read(connectionId);
    if (!rotation) throw new AppError('not-found');
    if (steps && !steps.includes(rotation.step)) throw new AppError('conflict');
    return rotation;
  }

  async #mustBeFree(connectionId: string): Promise<void> {
    if (await this.#read(connectionId)) throw new AppError('conflict');
  }

  async #read(connectionId: string): Promise<StoredRotation | null> {
    return (await this.#options.kept.read(connectionId)).rotation;
  }

  /**
   * The step was kept together with the new key. A disk that got full meanwhile must not hide them: asked again,
   * another key would be made, and a held API key would be void.
   */
  async #tellMade(connectionId: string, secret: unknown): Promise<State> {
    const rotation = await this.#read(connectionId);
    return secret === null ? toState(connectionId, rotation) : this.#tell(connectionId, rotation);
  }

  async #keep(connectionId: string, rotation: StoredRotation | null): Promise<State> {
    await this.#options.kept.keep(connectionId, (all) => ({ ...all, rotation }));
    return this.#tell(connectionId, rotation);
  }

  #tell(connectionId: string, rotation: StoredRotation | null): State {
    const state = toState(connectionId, rotation);
    this.#options.emit('rotation.changed', { connectionId, ...state });
    return state;
  }
}

function toState(connectionId: string, rotation: StoredRotation | null): State {
  return { rotation: rotation && { connectionId, ...rotation } };
}

/** Errors: not-offered for an API key: its old one is void already. */
function oldKeyOf({ oldKeyId }: StoredRotation): string {
  if (oldKeyId === null) throw new AppError('not-offered');
  return oldKeyId;
}
