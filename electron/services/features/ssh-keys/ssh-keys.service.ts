import { AppError } from '../../../../shared/contract/errors.ts';
import type { SshKeysSnapshot } from '../../../../shared/contract/keys/ssh-keys.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { AccountSshKeys, SshKeyFacts, SshKeysState } from '../../provider/account-ssh-keys.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import { addRows, type RowToAdd } from './import/add-rows.ts';
import type { AgentEnds } from './private-keys/agent-ends.ts';
import type { LentKeys } from './private-keys/lent-keys.ts';
import type { SshKeysReader } from './list/ssh-keys-reader.ts';
import type { ImportBatch } from './import/import-batch.ts';
import type { Imports } from './import/imports.ts';
import { refusePrivateTitle } from './import/private-text.ts';
import { drawRandomart } from '../../../../ssh-keys/index.ts';
import { exportPrivate, signWith, toPublicKey, type UsePrivateDeps } from './private-keys/use-private.ts';

type SshKeysHandlers = Handlers<AppContract>['sshKeys'];

export interface SshKeysDeps extends UsePrivateDeps {
  readonly signedIn: Requests<AccountSshKeys>;
  readonly reader: SshKeysReader;
  readonly imports: Imports;
  readonly lent: LentKeys;
  readonly ends: AgentEnds;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly sshFolder: string;
  readonly canChoose: boolean;
  readonly emit: Emit<'sshKeys.changed'>;
}

/** SSH SSH keys (E11): what the account has, how files get there, and their private halves on this computer. */
export class SshKeysService {
  readonly #deps: SshKeysDeps;
  /** One act of an account after another, so that no answer is overtaken. */
  readonly #queue = new SerialQueue();

  constructor(deps: SshKeysDeps) {
    this.#deps = deps;
  }

  readonly #account: Pick<SshKeysHandlers, 'list' | 'details' | 'rename' | 'remove' | 'verify'> = {
    list: ({ accountId, from }) => {
      const { reader } = this.#deps;
      return from === 'cache' ? reader.read(accountId, from) : this.#queue.run(accountId, () => reader.read(accountId));
    },
    details: async ({ accountId, keyId }) => {
      const key = await this.#deps.reader.find(accountId, keyId);
      return {
        publicLine: [key.publicLine, key.title].join(' ').trimEnd(),
        randomart: drawRandomart(toPublicKey(key)),
      };
    },
    rename: async ({ accountId, keyId, title }) => {
      refusePrivateTitle(title);
      return this.#change(accountId, async (before) => {
        const { revision } = findIn(before, keyId);
        return replace(
          before,
          await this.#request(accountId, (account) => account.renameSshKey(keyId, title, revision)),
        );
      });
    },
    remove: ({ accountId, keyId }) => this.#remove(accountId, keyId),
    verify: ({ accountId, keyId }) =>
      this.#change(accountId, async (before) => {
        const sign = await signWith(this.#deps, accountId, findIn(before, keyId));
        return replace(before, await this.#request(accountId, (account) => account.proveSshKey(keyId, sign)));
      }),
  };

  readonly #importing: Pick<
    SshKeysHandlers,
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
    sources: () => ({ canChoose: this.#deps.canChoose, sshFolder: this.#deps.sshFolder }),
    chooseFiles: async ({ accountId }) => ({ batch: await this.#deps.imports.choose(accountId, 'files') }),
    chooseFolder: async ({ accountId }) => ({ batch: await this.#deps.imports.choose(accountId, 'folder') }),
    readSshFolder: async ({ accountId }) => ({
      batch: await this.#deps.imports.readFolder(accountId, this.#deps.sshFolder),
    }),
    importDropped: async ({ accountId, batchId, files }) => ({
      batch: await this.#deps.imports.readDropped(accountId, batchId, files),
    }),
    importPasted: async ({ accountId, batchId, text }) => ({
      batch: await this.#deps.imports.readPasted(accountId, batchId, text),
    }),
    resumeImport: async ({ accountId }) => ({ batch: await this.#deps.imports.resume(accountId) }),
    cancelImport: ({ batchId }) => {
      this.#deps.imports.cancel(batchId);
      return {};
    },
    discardImport: ({ batchId }) => {
      this.#deps.imports.discard(batchId);
      return {};
    },
    unlock: async ({ batchId, rowIds, passphrase }) => ({
      rows: await this.#deps.imports.unlock(batchId, rowIds, passphrase),
    }),
    add: ({ batchId, rows }) => this.#add(this.#deps.imports.get(batchId), rows),
    addPublic: ({ accountId, title, line }) => this.#addPublic(accountId, title, line),
  };

  readonly #privateHalves: Pick<
    SshKeysHandlers,
    'keepPrivate' | 'forgetPrivate' | 'exportPrivate' | 'addToAgent' | 'removeFromAgent'
  > = {
    keepPrivate: ({ batchId, rowId }) => this.#keepPrivate(this.#deps.imports.get(batchId), rowId),
    forgetPrivate: ({ accountId, keyId }) =>
      this.#local(accountId, keyId, ({ sha256 }) => this.#deps.halves.remove(accountId, sha256)),
    exportPrivate: async ({ accountId, keyId, format, passphrase, rounds }) => {
      await this.#deps.reauth.require(accountId);
      const key = await this.#deps.reader.find(accountId, keyId);
      return { file: await exportPrivate(this.#deps, accountId, key, { format, passphrase, rounds }) };
    },
    addToAgent: ({ accountId, keyId, lifetime, confirm, takesBack = false }) =>
      this.#local(accountId, keyId, ({ sha256 }) =>
        this.#deps.halves.use(accountId, sha256, async (privateKey) => {
          const { lent, ends, agent } = this.#deps;
          const emitAgain = () => void this.#emitAgain(accountId);
          if (takesBack && lifetime !== null) await lent.lend(privateKey, lifetime, emitAgain);
          else {
            await agent.add(privateKey, { lifetime, confirm });
            lent.delete(privateKey.publicKey.blob);
          }
          ends.note(sha256, lifetime, emitAgain);
        }),
      ),
    removeFromAgent: ({ accountId, keyId }) =>
      this.#local(accountId, keyId, async (key) => {
        const { blob } = toPublicKey(key);
        await this.#deps.agent.remove(blob);
        this.#deps.lent.delete(blob);
        this.#deps.ends.delete(key.sha256);
      }).catch(async (error: unknown) => {
        // What the agent says now may be other than what led here.
        this.#emitSnapshot(await this.#deps.reader.again(accountId));
        throw error;
      }),
  };

  readonly handlers: SshKeysHandlers = { ...this.#account, ...this.#importing, ...this.#privateHalves };

  /** Changes the account's keys, from what the provider says now: a revision that is known may be an old one. */
  #change(accountId: string, next: (before: SshKeysState) => Promise<SshKeysState>): Promise<SshKeysSnapshot> {
    return this.#queue.run(accountId, async () => {
      const { reader } = this.#deps;
      return this.#emitSnapshot(await reader.take(accountId, await next(await reader.ask(accountId))));
    });
  }

  /** Changes what is on this computer, of a key that the account has. */
  #local(accountId: string, keyId: string, act: (key: SshKeyFacts) => Promise<void>): Promise<SshKeysSnapshot> {
    return this.#queue.run(accountId, async () => {
      const { reader } = this.#deps;
      await act(await reader.find(accountId, keyId));
      return this.#emitSnapshot(await reader.again(accountId));
    });
  }

  async #remove(accountId: string, keyId: string): Promise<SshKeysSnapshot> {
    const { reauth, halves } = this.#deps;
    await reauth.require(accountId);
    return this.#change(accountId, async (before) => {
      const key = before.keys.find(({ id }) => id === keyId);
      if (!key) return before;
      // Its private half must not stay behind because an answer was lost.
      await confirmOutcome(
        () => this.#request(accountId, (account) => account.removeSshKey(keyId)).then(() => true, unlessNotFound),
        async () => (await this.#deps.reader.ask(accountId)).keys.every(({ id }) => id !== keyId) || undefined,
      );
      await halves.remove(accountId, key.sha256);
      return { ...before, keys: before.keys.filter(({ id }) => id !== keyId) };
    });
  }

  async #add(batch: ImportBatch, rows: readonly RowToAdd[]) {
    const { reauth, reader, imports, halves } = this.#deps;
    const { accountId } = batch;
    await reauth.require(accountId);
    return this.#queue.run(accountId, async () => {
      const { results, added } = await addRows(batch, rows, {
        origins: await imports.originsOf(batch),
        addKey: async (title, publicLine) => {
          refusePrivateTitle(title);
          return this.#request(accountId, (account) => account.addSshKey(title, publicLine));
        },
        keep: (key) => halves.keep(accountId, key),
        onProgress: () => imports.emitProgress(batch),
      });
      // What was added is added, even if the provider cannot be asked again now.
      const snapshot =
        added.length === 0
          ? null
          : await reader.read(accountId).then(
              (read) => this.#emitSnapshot(read),
              () => null,
            );
      return { results, snapshot };
    });
  }

  /** A private key above all, and what may be somebody else's, gets no further than into a batch (K6). */
  async #addPublic(accountId: string, title: string, line: string) {
    refusePrivateTitle(title);
    const batch = await this.#deps.imports.readPasted(accountId, null, line);
    const [row, ...others] = batch.rows;
    const isGood = row?.kind === 'public' && row.verdict === 'accepted' && row.origin === 'own';
    if (!isGood || others.length > 0) return { snapshot: null, batch };
    try {
      const { results, snapshot } = await this.#add(this.#deps.imports.get(batch.batchId), [
        { rowId: row.rowId, title, keepPrivate: false },
      ]);
      const error = results[0]?.error;
      if (error) throw AppError.fromShape(error);
      return { snapshot, batch: null };
    } finally {
      this.#deps.imports.discard(batch.batchId);
    }
  }

  #keepPrivate(batch: ImportBatch, rowId: string): Promise<SshKeysSnapshot> {
    const { accountId } = batch;
    return this.#queue.run(accountId, async () => {
      const { reader, halves } = this.#deps;
      const { privateKey, row } = batch.get(rowId) ?? {};
      const snapshot = await reader.again(accountId);
      if (!privateKey || !snapshot.keys.some(({ sha256 }) => sha256 === row?.sha256)) throw new AppError('not-found');
      await halves.keep(accountId, privateKey);
      return this.#emitSnapshot(await reader.again(accountId));
    });
  }

  #request<T>(accountId: string, act: (account: AccountSshKeys) => Promise<T>): Promise<T> {
    return this.#deps.signedIn.request(accountId, act);
  }

  /** What is shown follows by itself, as long as there is something to show. */
  async #emitAgain(accountId: string): Promise<void> {
    const snapshot = await this.#deps.reader.again(accountId).catch(() => undefined);
    if (snapshot) this.#emitSnapshot(snapshot);
  }

  #emitSnapshot(snapshot: SshKeysSnapshot): SshKeysSnapshot {
    this.#deps.emit('sshKeys.changed', snapshot);
    return snapshot;
  }
}

function findIn({ keys }: SshKeysState, keyId: string): SshKeyFacts {
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('not-found');
  return key;
}

function replace(state: SshKeysState, changed: SshKeyFacts): SshKeysState {
  return { ...state, keys: state.keys.map((key) => (key.id === changed.id ? changed : key)) };
}

function unlessNotFound(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
