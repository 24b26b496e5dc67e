import { AppError } from '../../shared/contract/errors.ts';
import type {
  AddResult,
  SshKey,
  SshKeysSnapshot,
  ImportBatch,
  ImportRow,
} from '../../shared/contract/keys/ssh-keys.ts';
import { contract } from '../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { FakeMadeKeys, madeKeysContract } from './fake-made-keys.ts';
import { nextSequence } from './next-sequence.ts';
import { sampleSshKey, sampleImportRow, sampleRandomart, sampleSignature } from './sample-ssh-keys.ts';

const { sshKeys } = contract;
export const sshKeysContract = { sshKeys, ...madeKeysContract };
type SshKeysContract = typeof sshKeysContract;
type SshKeysHandlers = Handlers<SshKeysContract>['sshKeys'];

type SshKeysFrame = Pick<FakeFrame, 'answer'> & {
  emit<K extends keyof EventMap<SshKeysContract> & string>(channel: K, payload: EventMap<SshKeysContract>[K]): void;
  /** Whether the act has to be proved first (E12). */
  needsProof(): boolean;
};

type Head = Pick<
  SshKeysSnapshot,
  | 'source'
  | 'takenAt'
  | 'access'
  | 'canVerify'
  | 'proofPage'
  | 'canRename'
  | 'canReplace'
  | 'usages'
  | 'families'
  | 'canExpire'
  | 'limit'
  | 'agent'
>;

/**
 * Identity keys as the screens see them; `right` opens every encrypted row. Fields are public so that a test can put it
 * there.
 */
export class FakeSshKeys {
  head: Head = {
    source: 'provider',
    takenAt: '2026-03-01T09:30:00.000Z',
    access: { kind: 'editable' },
    canVerify: true,
    canRename: true,
    limit: 1_000,
    agent: 'available',
  };
  keys: SshKey[] = [];
  canChoose = true;
  /** What the next choice, drop or paste finds; null for a cancelled choice. */
  found: ImportRow[] | null = [sampleImportRow()];
  batch: ImportBatch | null = null;
  /** Set so that a batch stays `reading` until a test says more by `progress`. */
  isSlow = false;
  /** Where the person has an export written; null for a cancelled choice. */
  file: string | null = '/home/mara/id_ed25519';
  /** For how long a signature for a page counts. */
  proofSeconds = 95;
  #batches = 0;
  readonly #frame: SshKeysFrame;

  constructor(frame: SshKeysFrame) {
    this.#frame = frame;
  }

  addKey(changes: Partial<SshKey> = {}): SshKey {
    const key = sampleSshKey({ id: `ik${String(this.keys.length + 1)}`, ...changes });
    this.keys = [key, ...this.keys];
    return key;
  }

  snapshotOf(accountId: string, sequence = nextSequence()): SshKeysSnapshot {
    return { accountId, sequence, ...this.head, keys: this.keys };
  }

  /** More of the batch, told by event. */
  progress(changes: Partial<ImportBatch>, rows: ImportRow[]): void {
    if (!this.batch) return;
    const others = this.batch.rows.filter(({ rowId }) => !rows.some((row) => row.rowId === rowId));
    this.batch = { ...this.batch, ...changes, rows: [...others, ...rows] };
    this.#frame.emit('sshKeys.importProgressed', { ...this.batch, rows });
  }

  #start(accountId: string, folder: string | null = null): { batch: ImportBatch | null } {
    if (!this.found) return { batch: null };
    this.#batches += 1;
    const rows = this.isSlow ? [] : this.found;
    const total = this.isSlow ? null : rows.length;
    const done = rows.length;
    this.batch = {
      batchId: `b${String(this.#batches)}`,
      accountId,
      state: this.isSlow ? 'reading' : 'done',
      total,
      done,
      folder,
      left: 0,
      rows,
    };
    return { batch: this.batch };
  }

  #mustStart(accountId: string): { batch: ImportBatch } {
    const { batch } = this.#start(accountId);
    if (!batch) throw new AppError('cancelled');
    return { batch };
  }

  #requireBatch(batchId: string): ImportBatch {
    if (this.batch?.batchId !== batchId) throw new AppError('not-found');
    return this.batch;
  }

  #guarded<T>(channel: string, input: unknown, value: () => T): Promise<T> {
    return this.#frame.answer(channel, input, () => {
      if (this.#frame.needsProof()) throw new AppError('reauth-required');
      if (this.head.access.kind === 'needs-permission')
        throw new AppError('forbidden', { permission: this.head.access.permission });
      return value();
    });
  }

  #emitChanged(accountId: string): SshKeysSnapshot {
    const snapshot = this.snapshotOf(accountId);
    this.#frame.emit('sshKeys.changed', snapshot);
    return snapshot;
  }

  #find(keyId: string): SshKey {
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  #change(accountId: string, keyId: string, changes: Partial<SshKey>): SshKeysSnapshot {
    this.#find(keyId);
    this.keys = this.keys.map((key) => (key.id === keyId ? { ...key, ...changes } : key));
    return this.#emitChanged(accountId);
  }

  #unlock({ batchId, rowIds, passphrase }: Parameters<SshKeysHandlers['unlock']>[0]): { rows: ImportRow[] } {
    const batch = this.#requireBatch(batchId);
    const verdict = passphrase === 'right' ? 'accepted' : 'wrong-passphrase';
    const rows = batch.rows.filter(({ rowId }) => rowIds.includes(rowId)).map((row) => ({ ...row, verdict }) as const);
    this.batch = { ...batch, rows: batch.rows.map((row) => rows.find(({ rowId }) => rowId === row.rowId) ?? row) };
    return { rows };
  }

  #add({ batchId, rows: asked, usage, expiresAt }: Parameters<SshKeysHandlers['add']>[0]) {
    const batch = this.#requireBatch(batchId);
    const results = asked.map(({ rowId, title, keepPrivate, saidYesTo }): AddResult => {
      const row = batch.rows.find((each) => each.rowId === rowId);
      if (!row) return { rowId, error: { code: 'not-found' }, keepError: null };
      if (row.origin !== 'own' && (row.origin !== saidYesTo || asked.length > 1))
        return { rowId, error: { code: 'invalid-request', reason: 'not-known-as-own' }, keepError: null };
      if (this.keys.some(({ sha256 }) => sha256 === row.sha256))
        return {
          rowId,
          error: { code: 'invalid-request', fields: { publicKey: { code: 'duplicate' } } },
          keepError: null,
        };
      const { type, bits, sha256, md5 } = row;
      this.addKey({
        title: title || row.title,
        hasPrivateHalf: keepPrivate,
        ...(usage && { usage }),
        ...(expiresAt !== undefined && { expiresAt }),
        ...(type && { type }),
        ...(bits && { bits }),
        ...(sha256 && { sha256 }),
        ...(md5 && { md5 }),
      });
      return { rowId, error: null, keepError: null };
    });
    const added = new Set(results.filter(({ error }) => error === null).map(({ rowId }) => rowId));
    this.batch = {
      ...batch,
      rows: batch.rows.map((row) => ({ ...row, isAdded: row.isAdded || added.has(row.rowId) })),
    };
    return { results, snapshot: this.#emitChanged(batch.accountId) };
  }

  #addPublic({ accountId, title, line, usage, expiresAt }: Parameters<SshKeysHandlers['addPublic']>[0]) {
    const isOwn = this.found?.every(({ origin }) => origin === 'own') ?? true;
    if (!isOwn || !/^(?:ssh|ecdsa|sk)-/.test(line)) return { snapshot: null, ...this.#mustStart(accountId) };
    this.addKey({
      title: title || 'mara@work',
      ...(usage && { usage }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
    return { snapshot: this.#emitChanged(accountId), batch: null };
  }

  #paste({ accountId, batchId, text }: Parameters<SshKeysHandlers['importPasted']>[0]): { batch: ImportBatch } {
    if (batchId === null) return this.#mustStart(accountId);
    const batch = this.#requireBatch(batchId);
    const pasted = sampleImportRow({
      rowId: `p${String(batch.rows.length)}`,
      fileName: '',
      title: text.split(' ').at(-1) ?? '',
    });
    this.batch = { ...batch, rows: [...batch.rows, pasted] };
    return { batch: this.batch };
  }

  readonly #imports = {
    sources: (input) =>
      this.#frame.answer('sshKeys.sources', input, () => ({
        canChoose: this.canChoose,
        sshFolder: '/home/mara/.ssh',
      })),
    chooseFiles: (input) => this.#frame.answer('sshKeys.chooseFiles', input, () => this.#start(input.accountId)),
    chooseFolder: (input) =>
      this.#frame.answer('sshKeys.chooseFolder', input, () => this.#start(input.accountId, '/home/mara/keys')),
    readSshFolder: (input) =>
      this.#frame.answer('sshKeys.readSshFolder', input, () => this.#start(input.accountId, '/home/mara/.ssh')),
    importDropped: (input) =>
      this.#frame.answer('sshKeys.importDropped', input, () => this.#mustStart(input.accountId)),
    importPasted: (input) => this.#frame.answer('sshKeys.importPasted', input, () => this.#paste(input)),
    resumeImport: (input) => this.#frame.answer('sshKeys.resumeImport', input, () => ({ batch: this.batch })),
    cancelImport: (input) =>
      this.#frame.answer('sshKeys.cancelImport', input, () => {
        this.progress({ state: 'cancelled' }, []);
        return {};
      }),
    discardImport: (input) =>
      this.#frame.answer('sshKeys.discardImport', input, () => {
        this.batch = null;
        return {};
      }),
    unlock: (input) => this.#frame.answer('sshKeys.unlock', input, () => this.#unlock(input)),
    add: (input) => this.#guarded('sshKeys.add', input, () => this.#add(input)),
    addPublic: (input) => this.#guarded('sshKeys.addPublic', input, () => this.#addPublic(input)),
  } satisfies Partial<SshKeysHandlers>;

  readonly made = new FakeMadeKeys(this, () => this.#frame);

  readonly handlers: Handlers<SshKeysContract> = {
    ...this.made.handlers,
    sshKeys: {
      ...this.#imports,
      list: (input) => {
        // What is kept is older, even if its answer comes later.
        const sequence = input.from === 'cache' ? 0 : nextSequence();
        return this.#frame.answer(`sshKeys.list ${input.from}`, input, () => ({
          ...this.snapshotOf(input.accountId, sequence),
          source: input.from,
        }));
      },
      details: (input) =>
        this.#frame.answer('sshKeys.details', input, () => {
          const { type, title } = this.#find(input.keyId);
          return { publicLine: `${type} AAAAC3NzaC1lZDI1NTE5AAAAIJc3 ${title}`, randomart: sampleRandomart };
        }),
      rename: (input) =>
        this.#frame.answer('sshKeys.rename', input, () =>
          this.#change(input.accountId, input.keyId, { title: input.title }),
        ),
      replace: (input) =>
        this.#guarded('sshKeys.replace', input, () =>
          this.#change(input.accountId, input.keyId, { id: `${input.keyId}+`, title: input.title, verifiedAt: null }),
        ),
      remove: (input) =>
        this.#guarded('sshKeys.remove', input, () => {
          this.keys = this.keys.filter(({ id }) => id !== input.keyId);
          return this.#emitChanged(input.accountId);
        }),
      verify: (input) =>
        this.#frame.answer('sshKeys.verify', input, () =>
          this.#change(input.accountId, input.keyId, { verifiedAt: new Date().toISOString() }),
        ),
      signProof: (input) =>
        this.#frame.answer('sshKeys.signProof', input, () => {
          this.#find(input.keyId);
          return {
            signature: sampleSignature,
            expiresAt: new Date(Date.now() + this.proofSeconds * 1_000).toISOString(),
          };
        }),
      keepPrivate: (input) =>
        this.#frame.answer('sshKeys.keepPrivate', input, () => {
          const { accountId, rows } = this.#requireBatch(input.batchId);
          const row = rows.find(({ rowId }) => rowId === input.rowId);
          this.keys = this.keys.map((key) => (key.sha256 === row?.sha256 ? { ...key, hasPrivateHalf: true } : key));
          return this.#emitChanged(accountId);
        }),
      forgetPrivate: (input) =>
        this.#frame.answer('sshKeys.forgetPrivate', input, () =>
          this.#change(input.accountId, input.keyId, { hasPrivateHalf: false }),
        ),
      exportPrivate: (input) => this.#guarded('sshKeys.exportPrivate', input, () => ({ file: this.file })),
      addToAgent: (input) =>
        this.#frame.answer('sshKeys.addToAgent', input, () =>
          this.#change(input.accountId, input.keyId, {
            isInAgent: true,
            inAgentUntil: input.lifetime === null ? null : new Date(Date.now() + input.lifetime * 1_000).toISOString(),
          }),
        ),
      removeFromAgent: (input) =>
        this.#frame.answer('sshKeys.removeFromAgent', input, () =>
          this.#change(input.accountId, input.keyId, { isInAgent: false, inAgentUntil: null }),
        ),
    },
  };
}
