import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import type { RotationSnapshot } from '../../../../shared/contract/keys/rotation.ts';
import { endOfNext } from '../../../../shared/key-lifetime.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccessKeysService } from './access-keys.service.ts';
import type { ApiKeyService } from './api-key.service.ts';
import type { AccountState } from '../../resources/account-state.ts';
import type { KeysState } from './keys-state.ts';
import type { StoredRotation } from './keys.stored.ts';
import type { Clock } from '../../ports.ts';
import type { Sequence } from '../../core/sequence.ts';
import { SerialQueue } from '../../core/serial-queue.ts';

export interface RotationDeps {
  readonly states: Pick<AccountState<KeysState>, 'read' | 'keep'>;
  readonly apiKey: Pick<ApiKeyService, 'key' | 'rotate' | 'test'>;
  readonly accessKeys: Pick<
    AccessKeysService,
    'key' | 'pendingKeyId' | 'isActive' | 'create' | 'setActive' | 'remove' | 'test'
  >;
  readonly clock: Clock;
  readonly sequence: Sequence;
  readonly emit: Emit<'rotation.changed'>;
}

const fresh = { oldKeyId: null, newKeyId: null, places: [], testedAt: null, deleteAt: null };

/**
 * Exchanges a key without a gap (X2), one rotation an account. Each step is kept once it is done, so that a restart
 * goes on there.
 */
export class RotationService {
  readonly #deps: RotationDeps;
  readonly #queue = new SerialQueue();

  constructor(deps: RotationDeps) {
    this.#deps = deps;
  }

  readonly handlers: Handlers<AppContract>['rotation'] = {
    get: async ({ accountId }) => {
      const asked = this.#deps.sequence();
      return this.#toSnapshot(accountId, await this.#read(accountId), asked);
    },
    beginAccessKey: ({ accountId, keyId }) => this.#queue.run(accountId, () => this.#beginAccessKey(accountId, keyId)),
    beginApiKey: ({ accountId }) => this.#queue.run(accountId, () => this.#beginApiKey(accountId)),
    setPlaces: ({ accountId, places }) =>
      this.#step(accountId, undefined, async (rotation) => ({ ...rotation, places })),
    renewApiKey: ({ accountId }) => this.#queue.run(accountId, () => this.#renewApiKey(accountId)),
    test: ({ accountId }) =>
      this.#step(accountId, ['test', 'switch'], async (rotation) => ({
        ...rotation,
        ...(await this.#test(accountId, rotation)),
      })),
    stopOld: ({ accountId, deleteAt }) =>
      this.#step(accountId, ['switch'], (rotation) => this.#stopOld(accountId, rotation, deleteAt)),
    restartOld: ({ accountId }) =>
      this.#step(accountId, ['stopped'], (rotation) => this.#restartOld(accountId, rotation)),
    deleteOld: ({ accountId }) =>
      this.#step(accountId, ['stopped'], (rotation) => this.#deleteOld(accountId, rotation)),
    end: ({ accountId }) => this.#step(accountId, undefined, async () => null),
  };

  /**
   * Deletes the old key if its time has come. Errors: those of the provider, and reauth-required without a fresh proof.
   */
  async deleteDue(accountId: string): Promise<void> {
    const isDue = ({ deleteAt }: StoredRotation) => deleteAt !== null && Date.parse(deleteAt) <= this.#deps.clock.now();
    const rotation = await this.#read(accountId);
    if (!rotation || !isDue(rotation)) return;
    await this.#step(accountId, ['stopped'], async (now) =>
      isDue(now) ? this.#deleteUnattended(accountId, now) : now,
    );
  }

  /** Not a key that the person turned on again elsewhere, nor the last one there is: from there on they decide. */
  async #deleteUnattended(accountId: string, rotation: StoredRotation): Promise<StoredRotation | null> {
    const { accessKeys } = this.#deps;
    if (await accessKeys.isActive(accountId, oldKeyOf(rotation)))
      return { ...rotation, step: 'switch', deleteAt: null };
    if (!(await this.#hasNewKey(accountId, rotation))) return { ...rotation, deleteAt: null };
    return this.#deleteOld(accountId, rotation);
  }

  async #hasNewKey(accountId: string, { newKeyId }: StoredRotation): Promise<boolean> {
    return newKeyId !== null && this.#deps.accessKeys.isActive(accountId, newKeyId);
  }

  async #beginAccessKey(accountId: string, oldKeyId: string) {
    const { accessKeys, clock } = this.#deps;
    await this.#mustBeFree(accountId);
    const old = await accessKeys.key(accountId, oldKeyId);
    // For as long as the old one was made for.
    const lifetime = old.expiresAt &&
      old.createdAt && { createdAt: Date.parse(old.createdAt), expiresAt: Date.parse(old.expiresAt) };
    const expiresAt = lifetime && new Date(endOfNext(lifetime, clock.now())).toISOString();
    const made = await accessKeys.create(accountId, { name: old.name, expiresAt }, (all, newKeyId) => ({
      ...all,
      rotation: { ...fresh, kind: 'access-key', step: 'test', oldKeyId, newKeyId },
    }));
    return { made, ...(await this.#tellMade(accountId, made.newKey)) };
  }

  async #beginApiKey(accountId: string): Promise<RotationSnapshot> {
    await this.#mustBeFree(accountId);
    await this.#deps.apiKey.key(accountId);
    return this.#keep(accountId, { ...fresh, kind: 'api-key', step: 'prepare' });
  }

  async #renewApiKey(accountId: string) {
    const rotation = await this.#at(accountId, ['prepare']);
    const made = await this.#deps.apiKey.rotate(accountId, (all) => ({
      ...all,
      rotation: { ...rotation, step: 'test' },
    }));
    return { made, ...(await this.#tellMade(accountId, made.newApiKey)) };
  }

  async #test(
    accountId: string,
    { kind, newKeyId }: StoredRotation,
  ): Promise<Pick<StoredRotation, 'step' | 'testedAt'>> {
    const { isAccepted, testedAt } = await (kind === 'api-key'
      ? this.#deps.apiKey.test(accountId)
      : this.#testAccessKey(accountId, newKeyId));
    if (!isAccepted) throw new AppError('unauthenticated', { reason: 'key-refused' });
    return { step: 'switch', testedAt };
  }

  /** Errors: not-found if the secret that is held is not that of the new key. */
  async #testAccessKey(accountId: string, newKeyId: string | null): Promise<KeyTest> {
    const { accessKeys } = this.#deps;
    if ((await accessKeys.pendingKeyId(accountId)) !== newKeyId) throw new AppError('not-found');
    return accessKeys.test(accountId);
  }

  async #stopOld(accountId: string, rotation: StoredRotation, deleteAt: string | null): Promise<StoredRotation> {
    const oldKeyId = oldKeyOf(rotation);
    // As long as one place uses the old key, stopping it would be the gap.
    if (rotation.places.some(({ isSwitched }) => !isSwitched))
      throw new AppError('invalid-request', { fields: { places: { code: 'required' } } });
    // Tested once, it may have been stopped or deleted elsewhere since.
    if (!(await this.#hasNewKey(accountId, rotation))) throw new AppError('unauthenticated', { reason: 'key-refused' });
    await this.#deps.accessKeys.setActive(accountId, oldKeyId, false);
    return { ...rotation, step: 'stopped', deleteAt };
  }

  async #restartOld(accountId: string, rotation: StoredRotation): Promise<StoredRotation> {
    await this.#deps.accessKeys.setActive(accountId, oldKeyOf(rotation), true);
    return { ...rotation, step: 'switch', deleteAt: null };
  }

  async #deleteOld(accountId: string, rotation: StoredRotation): Promise<null> {
    await this.#deps.accessKeys.remove(accountId, oldKeyOf(rotation));
    return null;
  }

  /** Goes on from one of these steps, or from any; null ends it. */
  #step(
    accountId: string,
    from: readonly StoredRotation['step'][] | undefined,
    next: (rotation: StoredRotation) => Promise<StoredRotation | null>,
  ): Promise<RotationSnapshot> {
    return this.#queue.run(accountId, async () => this.#keep(accountId, await next(await this.#at(accountId, from))));
  }

  /** Errors: not-found without one, conflict at another step. */
  async #at(accountId: string, steps: readonly StoredRotation['step'][] | undefined): Promise<StoredRotation> {
    const rotation = await this.#read(accountId);
    if (!rotation) throw new AppError('not-found');
    if (steps && !steps.includes(rotation.step)) throw new AppError('conflict');
    return rotation;
  }

  async #mustBeFree(accountId: string): Promise<void> {
    if (await this.#read(accountId)) throw new AppError('conflict');
  }

  async #read(accountId: string): Promise<StoredRotation | null> {
    return (await this.#deps.states.read(accountId)).rotation;
  }

  /**
   * The step was kept together with the new key. A disk that got full meanwhile must not hide them: asked again,
   * another key would be made, and a held API key would be void.
   */
  async #tellMade(accountId: string, secret: unknown): Promise<RotationSnapshot> {
    const rotation = await this.#read(accountId);
    return secret === null ? this.#toSnapshot(accountId, rotation) : this.#emitState(accountId, rotation);
  }

  async #keep(accountId: string, rotation: StoredRotation | null): Promise<RotationSnapshot> {
    await this.#deps.states.keep(accountId, (all) => ({ ...all, rotation }));
    return this.#emitState(accountId, rotation);
  }

  #emitState(accountId: string, rotation: StoredRotation | null): RotationSnapshot {
    const snapshot = this.#toSnapshot(accountId, rotation);
    this.#deps.emit('rotation.changed', snapshot);
    return snapshot;
  }

  #toSnapshot(accountId: string, rotation: StoredRotation | null, sequence = this.#deps.sequence()): RotationSnapshot {
    const takenAt = new Date(this.#deps.clock.now()).toISOString();
    return { accountId, source: 'cache', takenAt, sequence, rotation: rotation && { accountId, ...rotation } };
  }
}

/** Errors: not-offered for an API key: its old one is void already. */
function oldKeyOf({ oldKeyId }: StoredRotation): string {
  if (oldKeyId === null) throw new AppError('not-offered');
  return oldKeyId;
}
