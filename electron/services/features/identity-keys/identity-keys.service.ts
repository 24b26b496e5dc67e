import { AppError } from '../../../../shared/contract/errors.ts';
import type { IdentityKeysSnapshot } from '../../../../shared/contract/keys/identity-keys.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { orFindOut } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountIdentityKeys, IdentityKeyFacts, IdentityKeysState } from '../../provider/account-identity-keys.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { addRows, type RowToAdd } from './import/add-rows.ts';
import type { AgentEnds } from './private-keys/agent-ends.ts';
import type { LentKeys } from './private-keys/lent-keys.ts';
import type { IdentityKeysReader } from './list/identity-keys-reader.ts';
import type { ImportBatch } from './import/import-batch.ts';
import type { Imports } from './import/imports.ts';
import { refusePrivateTitle } from './import/private-text.ts';
import { drawRandomart } from '../../../../ssh-keys/index.ts';
import { exportPrivate, signWith, toPublicKey, type UsePrivateParts } from './private-keys/use-private.ts';

type IdentityKeysHandlers = Handlers<AppContract>['identityKeys'];
type Emit = (channel: 'identityKeys.changed', payload: IdentityKeysSnapshot) => void;

export interface IdentityKeysOptions extends UsePrivateParts {
  readonly signedIn: Requests<AccountIdentityKeys>;
  readonly reader: IdentityKeysReader;
  readonly imports: Imports;
  readonly lent: LentKeys;
  readonly ends: AgentEnds;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly sshFolder: string;
  readonly canChoose: boolean;
  readonly emit: Emit;
}

/** SSH identity keys (E11): what the account has, how files get there, and their private halves on this computer. */
export class IdentityKeysService {
  readonly #options: IdentityKeysOptions;
  /** One act of a connection after another, so that no answer is overtaken. */
  readonly #queue = new SerialQueue();

  constructor(options: IdentityKeysOptions) {
    this.#options = options;
  }

  readonly #account: Pick<IdentityKeysHandlers, 'list' | 'details' | 'rename' | 'remove' | 'verify'> = {
    list: ({ connectionId, from }) => {
      const { reader } = this.#options;
      return from === 'cache'
        ? reader.read(connectionId, from)
        : this.#queue.run(connectionId, () => reader.read(connectionId));
    },
    details: async ({ connectionId, keyId }) => {
      const key = await this.#options.reader.find(connectionId, keyId);
      return {
        publicLine: [key.publicLine, key.title].join(' ').trimEnd(),
        randomart: drawRandomart(toPublicKey(key)),
      };
    },
    rename: async ({ connectionId, keyId, title }) => {
      refusePrivateTitle(title);
      return this.#change(connectionId, async (before) => {
        const { revision } = findIn(before, keyId);
        return replace(
          before,
          await this.#request(connectionId, (account) => account.renameIdentityKey(keyId, title, revision)),
        );
      });
    },
    remove: ({ connectionId, keyId }) => this.#remove(connectionId, keyId),
    verify: ({ connectionId, keyId }) =>
      this.#change(connectionId, async (before) => {
        const sign = await signWith(this.#options, connectionId, findIn(before, keyId));
        return replace(before, await this.#request(connectionId, (account) => account.proveIdentityKey(keyId, sign)));
      }),
  };

  readonly #importing: Pick<
    IdentityKeysHandlers,
    | 'sources'
    | 'chooseFiles'
    | 'chooseFolder'
    | 'readSshFolder'
    | 'importDropped'
    | 'importPasted'
    | 'resumeImport'
    | 'cancelImport'
    | 'discardImport'
    | 'unlock'
    | 'add'
    | 'addPublic'
  > = {
    sources: () => ({ canChoose: this.#options.canChoose, sshFolder: this.#options.sshFolder }),
    chooseFiles: async ({ connectionId }) => ({ batch: await this.#options.imports.choose(connectionId, 'files') }),
    chooseFolder: async ({ connectionId }) => ({ batch: await this.#options.imports.choose(connectionId, 'folder') }),
    readSshFolder: async ({ connectionId }) => ({
      batch: await this.#options.imports.readFolder(connectionId, this.#options.sshFolder),
    }),
    importDropped: async ({ connectionId, batchId, files }) => ({
      batch: await this.#options.imports.readDropped(connectionId, batchId, files),
    }),
    importPasted: async ({ connectionId, batchId, text }) => ({
      batch: await this.#options.imports.readPasted(connectionId, batchId, text),
    }),
    resumeImport: async ({ connectionId }) => ({ batch: await this.#options.imports.resume(connectionId) }),
    cancelImport: ({ batchId }) => {
      this.#options.imports.cancel(batchId);
      return {};
    },
    discardImport: ({ batchId }) => {
      this.#options.imports.discard(batchId);
      return {};
    },
    unlock: async ({ batchId, rowIds, passphrase }) => ({
      rows: await this.#options.imports.unlock(batchId, rowIds, passphrase),
    }),
    add: ({ batchId, rows }) => this.#add(this.#options.imports.get(batchId), rows),
    addPublic: ({ connectionId, title, line }) => this.#addPublic(connectionId, title, line),
  };

  readonly #privateHalves: Pick<
    IdentityKeysHandlers,
    'keepPrivate' | 'forgetPrivate' | 'exportPrivate' | 'addToAgent' | 'removeFromAgent'
  > = {
    keepPrivate: ({ batchId, rowId }) => this.#keepPrivate(this.#options.imports.get(batchId), rowId),
    forgetPrivate: ({ connectionId, keyId }) =>
      this.#local(connectionId, keyId, ({ sha256 }) => this.#options.halves.drop(connectionId, sha256)),
    exportPrivate: async ({ connectionId, keyId, format, passphrase, rounds }) => {
      await this.#options.reauth.require(connectionId);
      const key = await this.#options.reader.find(connectionId, keyId);
      return { file: await exportPrivate(this.#options, connectionId, key, { format, passphrase, rounds }) };
    },
    addToAgent: ({ connectionId, keyId, lifetime, confirm, takesBack = false }) =>
      this.#local(connectionId, keyId, ({ sha256 }) =>
        this.#options.halves.use(connectionId, sha256, async (kept) => {
          const { lent, ends, agent } = this.#options;
          const tellAgain = () => void this.#tellAgain(connectionId);
          if (takesBack && lifetime !== null) await lent.lend(kept, lifetime, tellAgain);
          else {
            await agent.add(kept, { lifetime, confirm });
            lent.forget(kept.publicKey.blob);
          }
          ends.note(sha256, lifetime, tellAgain);
        }),
      ),
    removeFromAgent: ({ connectionId, keyId }) =>
      this.#local(connectionId, keyId, async (key) => {
        const { blob } = toPublicKey(key);
        await this.#options.agent.remove(blob);
        this.#options.lent.forget(blob);
        this.#options.ends.forget(key.sha256);
      }).catch(async (error: unknown) => {
        // What the agent says now may be other than what led here.
        this.#tell(await this.#options.reader.again(connectionId));
        throw error;
      }),
  };

  readonly handlers: IdentityKeysHandlers = { ...this.#account, ...this.#importing, ...this.#privateHalves };

  /** Changes the account's keys, from what the provider says now: a revision that is known may be an old one. */
  #change(
    connectionId: string,
    next: (before: IdentityKeysState) => Promise<IdentityKeysState>,
  ): Promise<IdentityKeysSnapshot> {
    return this.#queue.run(connectionId, async () => {
      const { reader } = this.#options;
      return this.#tell(await reader.take(connectionId, await next(await reader.ask(connectionId))));
    });
  }

  /** Changes what is on this computer, of a key that the account has. */
  #local(
    connectionId: string,
    keyId: string,
    act: (key: IdentityKeyFacts) => Promise<void>,
  ): Promise<IdentityKeysSnapshot> {
    return this.#queue.run(connectionId, async () => {
      const { reader } = this.#options;
      await act(await reader.find(connectionId, keyId));
      return this.#tell(await reader.again(connectionId));
    });
  }

  async #remove(connectionId: string, keyId: string): Promise<IdentityKeysSnapshot> {
    const { reauth, halves } = this.#options;
    await reauth.require(connectionId);
    return this.#change(connectionId, async (before) => {
      const key = before.keys.find(({ id }) => id === keyId);
      if (!key) return before;
      // Its private half must not stay behind because an answer was lost.
      await orFindOut(
        () =>
          this.#request(connectionId, (account) => account.removeIdentityKey(keyId)).then(() => true, unlessNotFound),
        async () => (await this.#options.reader.ask(connectionId)).keys.every(({ id }) => id !== keyId) || undefined,
      );
      await halves.drop(connectionId, key.sha256);
      return { ...before, keys: before.keys.filter(({ id }) => id !== keyId) };
    });
  }

  async #add(batch: ImportBatch, rows: readonly RowToAdd[]) {
    const { reauth, reader, imports, halves } = this.#options;
    const { connectionId } = batch;
    await reauth.require(connectionId);
    return this.#queue.run(connectionId, async () => {
      const { results, added } = await addRows(batch, rows, {
        origins: await imports.originsOf(batch),
        addKey: async (title, publicLine) => {
          refusePrivateTitle(title);
          return this.#request(connectionId, (account) => account.addIdentityKey(title, publicLine));
        },
        keep: (key) => halves.keep(connectionId, key),
        onProgress: () => imports.announce(batch),
      });
      // What was added is added, even if the provider cannot be asked again now.
      const snapshot =
        added.length === 0
          ? null
          : await reader.read(connectionId).then(
              (read) => this.#tell(read),
              () => null,
            );
      return { results, snapshot };
    });
  }

  /** A private key above all, and what may be somebody else's, gets no further than into a batch (K6). */
  async #addPublic(connectionId: string, title: string, line: string) {
    refusePrivateTitle(title);
    const batch = await this.#options.imports.readPasted(connectionId, null, line);
    const [row, ...others] = batch.rows;
    const isGood = row?.kind === 'public' && row.verdict === 'accepted' && row.origin === 'own';
    if (!isGood || others.length > 0) return { snapshot: null, batch };
    try {
      const { results, snapshot } = await this.#add(this.#options.imports.get(batch.batchId), [
        { rowId: row.rowId, title, keepPrivate: false },
      ]);
      const error = results[0]?.error;
      if (error) throw AppError.fromShape(error);
      return { snapshot, batch: null };
    } finally {
      this.#options.imports.discard(batch.batchId);
    }
  }

  #keepPrivate(batch: ImportBatch, rowId: string): Promise<IdentityKeysSnapshot> {
    const { connectionId } = batch;
    return this.#queue.run(connectionId, async () => {
      const { reader, halves } = this.#options;
      const { privateKey, row } = batch.get(rowId) ?? {};
      const snapshot = await reader.again(connectionId);
      if (!privateKey || !snapshot.keys.some(({ sha256 }) => sha256 === row?.sha256)) throw new AppError('not-found');
      await halves.keep(connectionId, privateKey);
      return this.#tell(await reader.again(connectionId));
    });
  }

  #request<T>(connectionId: string, act: (account: AccountIdentityKeys) => Promise<T>): Promise<T> {
    return this.#options.signedIn.request(connectionId, act);
  }

  /** What is shown follows by itself, as long as there is something to show. */
  async #tellAgain(connectionId: string): Promise<void> {
    const snapshot = await this.#options.reader.again(connectionId).catch(() => undefined);
    if (snapshot) this.#tell(snapshot);
  }

  #tell(snapshot: IdentityKeysSnapshot): IdentityKeysSnapshot {
    this.#options.emit('identityKeys.changed', snapshot);
    return snapshot;
  }
}

function findIn({ keys }: IdentityKeysState, keyId: string): IdentityKeyFacts {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('not-found');
  return key;
}

function replace(state: IdentityKeysState, changed: IdentityKeyFacts): IdentityKeysState {
  return { ...state, keys: state.keys.map((key) => (key.id === changed.id ? changed : key)) };
}

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
