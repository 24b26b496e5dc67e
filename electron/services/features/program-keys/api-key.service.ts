import type { ApiKeySnapshot, MadeApiKey } from '../../../../shared/contract/keys/api-key.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { KeyTest } from '../../../../shared/contract/keys/keys.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ClipboardGuard } from './clipboard-guard.ts';
import { orFindOut } from '../../provider/outcome.ts';
import type { AccountLabel } from '../../core/account-label.ts';
import { nativeText } from '../../core/native-text.ts';
import { createSecretFile } from '../../files/secret-file.ts';
import { PendingSecrets } from './pending-secrets.ts';
import { Dedupe } from '../../core/dedupe.ts';
import { KeysReader, type Also, type KeysParts, type KeysHead } from './keys-reader.ts';
import { apiKeyRef, withOwnEnd, type KeysState } from './keys-state.ts';
import { makeKey } from './make-key.ts';
import type { FilePicker } from '../../ports.ts';
import type { AccountApiKey, ApiKeyFacts, ApiKeyState, MadeApiKeyFacts } from '../../provider/account-keys.ts';
import { writeExample, writeExamples } from './usage-examples.ts';

export interface ApiKeyOptions extends KeysParts<AccountApiKey> {
  readonly clipboard: Pick<ClipboardGuard, 'copySecret'>;
  readonly filePicker: FilePicker;
  /** Errors: not-found. */
  readonly describe: (connectionId: string) => Promise<AccountLabel>;
  readonly emit: (channel: 'apiKey.changed', payload: ApiKeySnapshot) => void;
}

/** Where no key is at hand, so that nobody takes the text for a key. */
const placeholder = 'YOUR_API_KEY';

/** The one key of a person for programs (W7, E7). */
export class ApiKeyService {
  readonly #options: ApiKeyOptions;
  readonly #reader: KeysReader<AccountApiKey, ApiKeyState, ApiKeySnapshot>;
  readonly #pending: PendingSecrets;
  readonly #making = new Dedupe<MadeApiKey>();

  constructor(options: ApiKeyOptions) {
    this.#options = options;
    this.#pending = new PendingSecrets(options.clock);
    this.#reader = new KeysReader(options, {
      name: 'apiKey',
      ask: (account) => account.apiKeyState(),
      get: ({ apiKey }) => apiKey,
      put: (all, apiKey) => ({ ...all, apiKey }),
      refsOf,
      onRead: (connectionId, refs) => {
        this.#pending.dropGone(connectionId, refs);
      },
      toSnapshot: (head, state, all) => this.#toSnapshot(head, state, all),
      emit: (snapshot) => options.emit('apiKey.changed', snapshot),
    });
  }

  readonly handlers: Handlers<AppContract>['apiKey'] = {
    get: ({ connectionId, from }) => this.#reader.read(connectionId, from),
    generate: ({ connectionId, name, expiresAt }) =>
      this.#make(connectionId, ['generate', name, expiresAt], (account) => account.makeApiKey({ name, expiresAt })),
    rotate: ({ connectionId }) => this.rotate(connectionId),
    remove: ({ connectionId }) => this.#remove(connectionId),
    reveal: async ({ connectionId }) => ({ apiKey: await this.#reveal(connectionId) }),
    resume: async ({ connectionId }) => ({ newApiKey: (await this.#pendingSecret(connectionId)) ?? null }),
    copy: async ({ connectionId }) => this.#options.clipboard.copySecret(await this.#secret(connectionId)),
    save: ({ connectionId }) => this.#save(connectionId),
    finish: async ({ connectionId }) => {
      this.#pending.finish(connectionId);
      await this.#reader.announce(connectionId);
      return {};
    },
    test: ({ connectionId }) => this.test(connectionId),
    examples: ({ connectionId }) => this.#examples(connectionId),
    copyExample: async ({ connectionId, kind }) => {
      const key = await this.#secret(connectionId).catch(unlessNotFound);
      const { url } = await this.#reader.known(connectionId);
      const copied = await this.#options.clipboard.copySecret(writeExample(kind, url, key ?? placeholder));
      return { ...copied, holdsKey: key !== undefined };
    },
    setOwnEnd: async ({ connectionId, ownEnd }) => {
      const key = await this.key(connectionId);
      return this.#reader.tell(
        connectionId,
        await this.#options.kept.keep(connectionId, (all) => withOwnEnd(all, apiKeyRef(key), ownEnd)),
      );
    },
  };

  /** Errors: not-found while there is none. */
  async key(connectionId: string): Promise<ApiKeyFacts> {
    const { key } = await this.#reader.known(connectionId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  /** A new key of the same name; the old one is void at once. `also`: what is kept with it in one write. */
  rotate(connectionId: string, also?: Also): Promise<MadeApiKey> {
    return this.#make(connectionId, ['rotate', also ? 'with more' : null], (account) => account.rotateApiKey(), also);
  }

  /** A real call with the held or revealed key. Errors: not-found, offline. */
  async test(connectionId: string): Promise<KeyTest> {
    const { signedIn, clock } = this.#options;
    const secret = await this.#secret(connectionId);
    const isAccepted = await signedIn.request(connectionId, (account) => account.tryApiKey(secret));
    return { isAccepted, testedAt: new Date(clock.now()).toISOString() };
  }

  /** From the provider, as far as it can be reached. Errors: those of the provider, where nothing is kept. */
  read(connectionId: string): Promise<unknown> {
    return this.#reader.read(connectionId, 'provider');
  }

  /** Forgets the secrets held for a connection, or for all: its session is over, the app is locked or ends. */
  drop(connectionId?: string): void {
    this.#pending.drop(connectionId);
  }

  #make(
    connectionId: string,
    what: readonly (string | null)[],
    make: (account: AccountApiKey) => Promise<MadeApiKeyFacts>,
    also?: Also,
  ): Promise<MadeApiKey> {
    return this.#making.run(JSON.stringify([connectionId, ...what]), () =>
      this.#reader.act(connectionId, async () => {
        const before = await this.#reader.ask(connectionId);
        if (before.access.kind === 'not-offered') throw new AppError('not-offered');
        const hold = this.#pending.begin(connectionId);
        const take = async ({ key, secret }: MadeApiKeyFacts): Promise<MadeApiKey> => {
          hold(apiKeyRef(key), secret);
          return {
            snapshot: await this.#take(connectionId, { ...before, key }, apiKeyRef(key), also),
            newApiKey: secret,
          };
        };
        return makeKey({
          begin: () => this.#reader.begin(connectionId, before),
          make: () => this.#options.signedIn.request(connectionId, make),
          take,
          cancel: () => this.#reader.cancel(connectionId),
          findOut: () => this.#findOut(connectionId, take),
        });
      }),
    );
  }

  /** A key that nobody saw is lost, unless it can be shown again. */
  async #findOut(
    connectionId: string,
    take: (made: MadeApiKeyFacts) => Promise<MadeApiKey>,
  ): Promise<MadeApiKey | undefined> {
    const snapshot = await this.#reader.refresh(connectionId);
    const { key, offers } = await this.#reader.known(connectionId);
    const { lost } = await this.#options.kept.read(connectionId);
    if (!key || !lost.apiKey.refs.includes(apiKeyRef(key))) return undefined;
    if (!offers.includes('reveal')) return { snapshot, newApiKey: null };
    return take({
      key,
      secret: await this.#options.signedIn.request(connectionId, (account) => account.revealApiKey()),
    });
  }

  #remove(connectionId: string): Promise<ApiKeySnapshot> {
    return this.#reader.act(connectionId, async () => {
      const remove = () => this.#options.signedIn.request(connectionId, (account) => account.removeApiKey());
      return orFindOut(
        async () => {
          await remove();
          return this.#take(connectionId, { ...(await this.#reader.known(connectionId)), key: null });
        },
        async () => {
          const snapshot = await this.#reader.refresh(connectionId);
          return snapshot.key ? undefined : snapshot;
        },
      );
    });
  }

  async #take(connectionId: string, state: ApiKeyState, shown?: string, also?: Also): Promise<ApiKeySnapshot> {
    return this.#reader.tell(connectionId, await this.#reader.note(connectionId, state, shown, also));
  }

  #reveal(connectionId: string): Promise<string> {
    return this.#reader.act(connectionId, () =>
      this.#options.signedIn.request(connectionId, (account) => account.revealApiKey()),
    );
  }

  /** The held key, or else the one that can be shown again. Errors: not-found, and those of revealing it. */
  async #secret(connectionId: string): Promise<string> {
    const held = await this.#pendingSecret(connectionId);
    if (held !== undefined) return held;
    const { key, offers } = await this.#reader.known(connectionId);
    if (!key || !offers.includes('reveal')) throw new AppError('not-found');
    return this.#reveal(connectionId);
  }

  /** While its key is there. */
  async #pendingSecret(connectionId: string): Promise<string | undefined> {
    const held = this.#pending.get(connectionId);
    if (!held) return undefined;
    return refsOf(await this.#reader.known(connectionId)).includes(held.ref) ? held.secret : undefined;
  }

  async #save(connectionId: string): Promise<{ file: string | null }> {
    const { filePicker, describe } = this.#options;
    const secret = await this.#secret(connectionId);
    const [whose, { key }] = await Promise.all([describe(connectionId), this.#reader.known(connectionId)]);
    const lines = [...(key?.name ? [key.name] : []), secret];
    return {
      file: await filePicker.save(
        createSecretFile(nativeText('secretFile.apiKey'), whose, key?.createdAt ?? '', lines),
      ),
    };
  }

  async #examples(connectionId: string) {
    const { access, url, key } = await this.#reader.known(connectionId);
    if (access.kind === 'not-offered') throw new AppError('not-offered');
    return { examples: writeExamples(url, key ? `••••${key.lastFour}` : placeholder) };
  }

  #toSnapshot(head: KeysHead, { key }: ApiKeyState, { ownEnds, lost }: KeysState): ApiKeySnapshot {
    const { connectionId, offers } = head;
    const ref = key && apiKeyRef(key);
    const held = this.#pending.get(connectionId);
    return {
      ...head,
      key: key && { ...key, ownEnd: ownEnds.get(apiKeyRef(key)) ?? null },
      heldUntil: held && held.ref === ref ? held.until : null,
      isLost: ref !== null && !offers.includes('reveal') && lost.apiKey.refs.includes(ref),
    };
  }
}

function refsOf({ key }: ApiKeyState): string[] {
  return key ? [apiKeyRef(key)] : [];
}

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
