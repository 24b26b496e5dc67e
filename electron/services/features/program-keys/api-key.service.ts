import type { ApiKeySnapshot, MadeApiKey } from '../../../../shared/contract/keys/api-key.ts';
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
import { apiKeyRef, withOwnEnd, type KeysState } from './keys-state.ts';
import { makeKey } from './make-key.ts';
import type { FilePicker } from '../../ports.ts';
import type { AccountApiKey, ApiKeyFacts, ApiKeyState, MadeApiKeyFacts } from '../../provider/account-keys.ts';
import { writeExample, writeExamples } from './usage-examples.ts';

export interface ApiKeyDeps extends KeysDeps<AccountApiKey> {
  readonly clipboard: Pick<ClipboardGuard, 'copySecret'>;
  readonly filePicker: FilePicker;
  /** Errors: not-found. */
  readonly describe: (accountId: string) => Promise<AccountLabel>;
  readonly emit: Emit<'apiKey.changed'>;
}

/** Where no key is at hand, so that nobody takes the text for a key. */
const placeholder = 'YOUR_API_KEY';

/** The one key of a person for programs (W7, E7). */
export class ApiKeyService {
  readonly #deps: ApiKeyDeps;
  readonly #reader: KeysReader<AccountApiKey, ApiKeyState, ApiKeySnapshot>;
  readonly #pending: PendingSecrets;
  readonly #making = new Dedupe<MadeApiKey>();

  constructor(deps: ApiKeyDeps) {
    this.#deps = deps;
    this.#pending = new PendingSecrets(deps.clock);
    this.#reader = new KeysReader(deps, {
      name: 'apiKey',
      ask: (account) => account.apiKeyState(),
      get: ({ apiKey }) => apiKey,
      put: (all, apiKey) => ({ ...all, apiKey }),
      refsOf,
      onRead: (accountId, refs) => {
        this.#pending.clearGone(accountId, refs);
      },
      toSnapshot: (head, state, all) => this.#toSnapshot(head, state, all),
      emit: (snapshot) => deps.emit('apiKey.changed', snapshot),
    });
  }

  readonly handlers: Handlers<AppContract>['apiKey'] = {
    get: ({ accountId, from }) => this.#reader.read(accountId, from),
    generate: ({ accountId, name, expiresAt }) =>
      this.#make(accountId, ['generate', name, expiresAt], (account) => account.makeApiKey({ name, expiresAt })),
    rotate: ({ accountId }) => this.rotate(accountId),
    remove: ({ accountId }) => this.#remove(accountId),
    reveal: async ({ accountId }) => ({ apiKey: await this.#reveal(accountId) }),
    resume: async ({ accountId }) => ({ newApiKey: (await this.#pendingSecret(accountId)) ?? null }),
    copy: async ({ accountId }) => this.#deps.clipboard.copySecret(await this.#secret(accountId)),
    save: ({ accountId }) => this.#save(accountId),
    finish: async ({ accountId }) => {
      this.#pending.finish(accountId);
      await this.#reader.emitKnown(accountId);
      return {};
    },
    test: ({ accountId }) => this.test(accountId),
    examples: ({ accountId }) => this.#examples(accountId),
    copyExample: async ({ accountId, kind }) => {
      const key = await this.#secret(accountId).catch(unlessNotFound);
      const { url } = await this.#reader.known(accountId);
      const copied = await this.#deps.clipboard.copySecret(writeExample(kind, url, key ?? placeholder));
      return { ...copied, holdsKey: key !== undefined };
    },
    setOwnEnd: async ({ accountId, ownEnd }) => {
      const key = await this.key(accountId);
      return this.#reader.emitSnapshot(
        accountId,
        await this.#deps.states.keep(accountId, (all) => withOwnEnd(all, apiKeyRef(key), ownEnd)),
      );
    },
  };

  /** Errors: not-found while there is none. */
  async key(accountId: string): Promise<ApiKeyFacts> {
    const { key } = await this.#reader.known(accountId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  /** A new key of the same name; the old one is void at once. `extraChange`: what is kept with it in one write. */
  rotate(accountId: string, extraChange?: ExtraChange): Promise<MadeApiKey> {
    return this.#make(
      accountId,
      ['rotate', extraChange ? 'with more' : null],
      (account) => account.rotateApiKey(),
      extraChange,
    );
  }

  /** A real call with the held or revealed key. Errors: not-found, offline. */
  async test(accountId: string): Promise<KeyTest> {
    const { signedIn, clock } = this.#deps;
    const secret = await this.#secret(accountId);
    const isAccepted = await signedIn.request(accountId, (account) => account.tryApiKey(secret));
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

  #make(
    accountId: string,
    what: readonly (string | null)[],
    make: (account: AccountApiKey) => Promise<MadeApiKeyFacts>,
    extraChange?: ExtraChange,
  ): Promise<MadeApiKey> {
    return this.#making.run(JSON.stringify([accountId, ...what]), () =>
      this.#reader.act(accountId, async () => {
        const before = await this.#reader.ask(accountId);
        if (before.access.kind === 'not-offered') throw new AppError('not-offered');
        const setSecret = this.#pending.begin(accountId);
        const accept = async ({ key, secret }: MadeApiKeyFacts): Promise<MadeApiKey> => {
          setSecret(apiKeyRef(key), secret);
          return {
            snapshot: await this.#saveAndEmit(accountId, { ...before, key }, apiKeyRef(key), extraChange),
            newApiKey: secret,
          };
        };
        return makeKey({
          begin: () => this.#reader.begin(accountId, before),
          make: () => this.#deps.signedIn.request(accountId, make),
          accept,
          cancel: () => this.#reader.cancel(accountId),
          findOut: () => this.#findOut(accountId, accept),
        });
      }),
    );
  }

  /** A key that nobody saw is lost, unless it can be shown again. */
  async #findOut(
    accountId: string,
    accept: (made: MadeApiKeyFacts) => Promise<MadeApiKey>,
  ): Promise<MadeApiKey | undefined> {
    const snapshot = await this.#reader.refresh(accountId);
    const { key, offers } = await this.#reader.known(accountId);
    const { lost } = await this.#deps.states.read(accountId);
    if (!key || !lost.apiKey.refs.includes(apiKeyRef(key))) return undefined;
    if (!offers.includes('reveal')) return { snapshot, newApiKey: null };
    return accept({
      key,
      secret: await this.#deps.signedIn.request(accountId, (account) => account.revealApiKey()),
    });
  }

  #remove(accountId: string): Promise<ApiKeySnapshot> {
    return this.#reader.act(accountId, async () => {
      const remove = () => this.#deps.signedIn.request(accountId, (account) => account.removeApiKey());
      return confirmOutcome(
        async () => {
          await remove();
          return this.#saveAndEmit(accountId, { ...(await this.#reader.known(accountId)), key: null });
        },
        async () => {
          const snapshot = await this.#reader.refresh(accountId);
          return snapshot.key ? undefined : snapshot;
        },
      );
    });
  }

  async #saveAndEmit(
    accountId: string,
    state: ApiKeyState,
    shown?: string,
    extraChange?: ExtraChange,
  ): Promise<ApiKeySnapshot> {
    return this.#reader.emitSnapshot(accountId, await this.#reader.save(accountId, state, shown, extraChange));
  }

  #reveal(accountId: string): Promise<string> {
    return this.#reader.act(accountId, () =>
      this.#deps.signedIn.request(accountId, (account) => account.revealApiKey()),
    );
  }

  /** The held key, or else the one that can be shown again. Errors: not-found, and those of revealing it. */
  async #secret(accountId: string): Promise<string> {
    const pending = await this.#pendingSecret(accountId);
    if (pending !== undefined) return pending;
    const { key, offers } = await this.#reader.known(accountId);
    if (!key || !offers.includes('reveal')) throw new AppError('not-found');
    return this.#reveal(accountId);
  }

  /** While its key is there. */
  async #pendingSecret(accountId: string): Promise<string | undefined> {
    const pending = this.#pending.get(accountId);
    if (!pending) return undefined;
    return refsOf(await this.#reader.known(accountId)).includes(pending.ref) ? pending.secret : undefined;
  }

  async #save(accountId: string): Promise<{ file: string | null }> {
    const { filePicker, describe } = this.#deps;
    const secret = await this.#secret(accountId);
    const [whose, { key }] = await Promise.all([describe(accountId), this.#reader.known(accountId)]);
    const lines = [...(key?.name ? [key.name] : []), secret];
    return {
      file: await filePicker.save(
        createSecretFile(nativeText('secretFile.apiKey'), whose, key?.createdAt ?? '', lines),
      ),
    };
  }

  async #examples(accountId: string) {
    const { access, url, key } = await this.#reader.known(accountId);
    if (access.kind === 'not-offered') throw new AppError('not-offered');
    return { examples: writeExamples(url, key ? `••••${key.lastFour}` : placeholder) };
  }

  #toSnapshot(head: KeysHead, { key }: ApiKeyState, { ownEnds, lost }: KeysState): ApiKeySnapshot {
    const { accountId, offers } = head;
    const ref = key && apiKeyRef(key);
    const pending = this.#pending.get(accountId);
    return {
      ...head,
      key: key && { ...key, ownEnd: ownEnds.get(apiKeyRef(key)) ?? null },
      pendingSecretUntil: pending && pending.ref === ref ? pending.until : null,
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
