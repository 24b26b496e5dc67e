import { AppError } from '../../shared/contract/errors.ts';
import type {
  AddResult,
  IdentityKey,
  IdentityKeysSnapshot,
  ImportBatch,
  ImportRow,
} from '../../shared/contract/keys/identity-keys.ts';
import { contract } from '../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { nextSequence } from './next-sequence.ts';
import { sampleIdentityKey, sampleImportRow, sampleRandomart } from './sample-identity-keys.ts';

const { identityKeys } = contract;
export const identityKeysContract = { identityKeys };
type IdentityKeysContract = typeof identityKeysContract;
type IdentityKeysHandlers = Handlers<IdentityKeysContract>['identityKeys'];

type IdentityKeysFrame = Pick<FakeFrame, 'answer'> & {
  emit<K extends keyof EventMap<IdentityKeysContract> & string>(
    channel: K,
    payload: EventMap<IdentityKeysContract>[K],
  ): void;
  /** Whether the act has to be proved first (E12). */
  needsProof(): boolean;
};

type Head = Pick<IdentityKeysSnapshot, 'source' | 'takenAt' | 'access' | 'canVerify' | 'limit' | 'agent'>;

/**
 * Identity keys as the screens see them; `right` opens every encrypted row. Fields are public so that a test can put it
 * there.
 */
export class FakeIdentityKeys {
  head: Head = {
    source: 'provider',
    takenAt: '2026-03-01T09:30:00.000Z',
    access: { kind: 'editable' },
    canVerify: true,
    limit: 1_000,
    agent: 'available',
  };
  keys: IdentityKey[] = [];
  canChoose = true;
  /** What the next choice, drop or paste finds; null for a cancelled choice. */
  found: ImportRow[] | null = [sampleImportRow()];
  batch: ImportBatch | null = null;
  /** Set so that a batch stays `reading` until a test says more by `progress`. */
  isSlow = false;
  /** Where the person has an export written; null for a cancelled choice. */
  file: string | null = '/home/mara/id_ed25519';
  #batches = 0;
  readonly #frame: IdentityKeysFrame;

  constructor(frame: IdentityKeysFrame) {
    this.#frame = frame;
  }

  addKey(changes: Partial<IdentityKey> = {}): IdentityKey {
    const key = sampleIdentityKey({ id: `ik${String(this.keys.length + 1)}`, ...changes });
    this.keys = [key, ...this.keys];
    return key;
  }

  snapshotOf(connectionId: string, sequence = nextSequence()): IdentityKeysSnapshot {
    return { connectionId, sequence, ...this.head, keys: this.keys };
  }

  /** More of the batch, told by event. */
  progress(changes: Partial<ImportBatch>, rows: ImportRow[]): void {
    if (!this.batch) return;
    const others = this.batch.rows.filter(({ rowId }) => !rows.some((row) => row.rowId === rowId));
    this.batch = { ...this.batch, ...changes, rows: [...others, ...rows] };
    this.#frame.emit('identityKeys.importProgressed', { ...this.batch, rows });
  }

  #start(connectionId: string, folder: string | null = null): { batch: ImportBatch | null } {
    if (!this.found) return { batch: null };
    this.#batches += 1;
    const rows = this.isSlow ? [] : this.found;
    const total = this.isSlow ? null : rows.length;
    const done = rows.length;
    this.batch = {
      batchId: `b${String(this.#batches)}`,
      connectionId,
      state: this.isSlow ? 'reading' : 'done',
      total,
      done,
      folder,
      left: 0,
      rows,
    };
    return { batch: this.batch };
  }

  #mustStart(connectionId: string): { batch: ImportBatch } {
    const { batch } = this.#start(connectionId);
    if (!batch) throw new AppError('cancelled');
    return { batch };
  }

  #hold(batchId: string): ImportBatch {
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

  #tell(connectionId: string): IdentityKeysSnapshot {
    const snapshot = this.snapshotOf(connectionId);
    this.#frame.emit('identityKeys.changed', snapshot);
    return snapshot;
  }

  #find(keyId: string): IdentityKey {
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key) throw new AppError('not-found');
    return key;
  }

  #change(connectionId: string, keyId: string, changes: Partial<IdentityKey>): IdentityKeysSnapshot {
    this.#find(keyId);
    this.keys = this.keys.map((key) => (key.id === keyId ? { ...key, ...changes } : key));
    return this.#tell(connectionId);
  }

  #unlock({ batchId, rowIds, passphrase }: Parameters<IdentityKeysHandlers['unlock']>[0]): { rows: ImportRow[] } {
    const batch = this.#hold(batchId);
    const verdict = passphrase === 'right' ? 'accepted' : 'wrong-passphrase';
    const rows = batch.rows.filter(({ rowId }) => rowIds.includes(rowId)).map((row) => ({ ...row, verdict }) as const);
    this.batch = { ...batch, rows: batch.rows.map((row) => rows.find(({ rowId }) => rowId === row.rowId) ?? row) };
    return { rows };
  }

  #add({ batchId, rows: asked }: Parameters<IdentityKeysHandlers['add']>[0]) {
    const batch = this.#hold(batchId);
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
        isKept: keepPrivate,
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
    return { results, snapshot: this.#tell(batch.connectionId) };
  }

  #addPublic({ connectionId, title, line }: Parameters<IdentityKeysHandlers['addPublic']>[0]) {
    const isOwn = this.found?.every(({ origin }) => origin === 'own') ?? true;
    if (!isOwn || !/^(?:ssh|ecdsa|sk)-/.test(line)) return { snapshot: null, ...this.#mustStart(connectionId) };
    this.addKey({ title: title || 'mara@work' });
    return { snapshot: this.#tell(connectionId), batch: null };
  }

  #paste({ connectionId, batchId, text }: Parameters<IdentityKeysHandlers['importPasted']>[0]): { batch: ImportBatch } {
    if (batchId === null) return this.#mustStart(connectionId);
    const batch = this.#hold(batchId);
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
      this.#frame.answer('identityKeys.sources', input, () => ({
        canChoose: this.canChoose,
        sshFolder: '/home/mara/.ssh',
      })),
    chooseFiles: (input) =>
      this.#frame.answer('identityKeys.chooseFiles', input, () => this.#start(input.connectionId)),
    chooseFolder: (input) =>
      this.#frame.answer('identityKeys.chooseFolder', input, () => this.#start(input.connectionId, '/home/mara/keys')),
    readSshFolder: (input) =>
      this.#frame.answer('identityKeys.readSshFolder', input, () => this.#start(input.connectionId, '/home/mara/.ssh')),
    importDropped: (input) =>
      this.#frame.answer('identityKeys.importDropped', input, () => this.#mustStart(input.connectionId)),
    importPasted: (input) => this.#frame.answer('identityKeys.importPasted', input, () => this.#paste(input)),
    resumeImport: (input) => this.#frame.answer('identityKeys.resumeImport', input, () => ({ batch: this.batch })),
    cancelImport: (input) =>
      this.#frame.answer('identityKeys.cancelImport', input, () => {
        this.progress({ state: 'cancelled' }, []);
        return {};
      }),
    discardImport: (input) =>
      this.#frame.answer('identityKeys.discardImport', input, () => {
        this.batch = null;
        return {};
      }),
    unlock: (input) => this.#frame.answer('identityKeys.unlock', input, () => this.#unlock(input)),
    add: (input) => this.#guarded('identityKeys.add', input, () => this.#add(input)),
    addPublic: (input) => this.#guarded('identityKeys.addPublic', input, () => this.#addPublic(input)),
  } satisfies Partial<IdentityKeysHandlers>;

  readonly handlers: Handlers<IdentityKeysContract> = {
    identityKeys: {
      ...this.#imports,
      list: (input) => {
        // What is kept is older, even if its answer comes later.
        const sequence = input.from === 'cache' ? 0 : nextSequence();
        return this.#frame.answer(`identityKeys.list ${input.from}`, input, () => ({
          ...this.snapshotOf(input.connectionId, sequence),
          source: input.from,
        }));
      },
      details: (input) =>
        this.#frame.answer('identityKeys.details', input, () => {
          const { type, title } = this.#find(input.keyId);
          return { publicLine: `${type} AAAAC3NzaC1lZDI1NTE5AAAAIJc3 ${title}`, randomart: sampleRandomart };
        }),
      rename: (input) =>
        this.#frame.answer('identityKeys.rename', input, () =>
          this.#change(input.connectionId, input.keyId, { title: input.title }),
        ),
      remove: (input) =>
        this.#guarded('identityKeys.remove', input, () => {
          this.keys = this.keys.filter(({ id }) => id !== input.keyId);
          return this.#tell(input.connectionId);
        }),
      verify: (input) =>
        this.#frame.answer('identityKeys.verify', input, () =>
          this.#change(input.connectionId, input.keyId, { verifiedAt: new Date().toISOString() }),
        ),
      keepPrivate: (input) =>
        this.#frame.answer('identityKeys.keepPrivate', input, () => {
          const { connectionId, rows } = this.#hold(input.batchId);
          const kept = rows.find(({ rowId }) => rowId === input.rowId);
          this.keys = this.keys.map((key) => (key.sha256 === kept?.sha256 ? { ...key, isKept: true } : key));
          return this.#tell(connectionId);
        }),
      forgetPrivate: (input) =>
        this.#frame.answer('identityKeys.forgetPrivate', input, () =>
          this.#change(input.connectionId, input.keyId, { isKept: false }),
        ),
      exportPrivate: (input) => this.#guarded('identityKeys.exportPrivate', input, () => ({ file: this.file })),
      addToAgent: (input) =>
        this.#frame.answer('identityKeys.addToAgent', input, () =>
          this.#change(input.connectionId, input.keyId, {
            isInAgent: true,
            inAgentUntil: input.lifetime === null ? null : new Date(Date.now() + input.lifetime * 1_000).toISOString(),
          }),
        ),
      removeFromAgent: (input) =>
        this.#frame.answer('identityKeys.removeFromAgent', input, () =>
          this.#change(input.connectionId, input.keyId, { isInAgent: false, inAgentUntil: null }),
        ),
    },
  };
}
