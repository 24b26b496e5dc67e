import { AppError } from '../../../shared/contract/errors.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { storedConnectionsSchema, type StoredConnection, type StoredConnections } from './connections.stored.ts';

/** The connections kept on this computer, in the order they were made. */
export interface ConnectionRegistry {
  all(): Promise<StoredConnections>;
  /** Errors: AppError not-found. */
  get(id: string): Promise<StoredConnection>;
  has(id: string): Promise<boolean>;
  /** Adds it, or replaces the one with the same id, and makes it the current one if asked. */
  put(record: StoredConnection, options?: { readonly isCurrent: boolean }): Promise<void>;
  /** Changes the record as it is by then; returns false if it is gone, or if `next` leaves it as it was (undefined). */
  update(id: string, next: (now: StoredConnection) => StoredConnection | undefined): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Errors: AppError not-found. */
  select(id: string): Promise<void>;
}

const empty: StoredConnections = { version: 1, connections: [], currentId: null };

export function createConnectionRegistry(storage: SealedStorage): ConnectionRegistry {
  const document = storage.document({
    name: 'connections.sealed',
    what: 'connections',
    account: 'app',
    version: 1,
    schema: storedConnectionsSchema,
  });
  let kept: StoredConnections | undefined;
  let last: Promise<unknown> = Promise.resolve();

  // A key store that is locked now may be open at the next call, so only a success is remembered.
  async function all(): Promise<StoredConnections> {
    kept ??= (await document.read()) ?? empty;
    return kept;
  }

  /** Changes run one after another: two at once would each write the other's change away. */
  function change(next: (now: StoredConnections) => StoredConnections): Promise<boolean> {
    const run = last.then(async () => {
      const now = await all();
      const value = next(now);
      if (value === now) return false;
      await document.write(value);
      kept = value;
      return true;
    });
    last = run.catch(() => undefined);
    return run;
  }

  return {
    all,
    async get(id) {
      return find(await all(), id);
    },
    async has(id) {
      return (await all()).connections.some((each) => each.id === id);
    },
    update: (id, next) => change((now) => replace(now, id, next)),
    async put(record, { isCurrent } = { isCurrent: false }) {
      await change((now) => ({
        ...now,
        connections: now.connections.some((each) => each.id === record.id)
          ? now.connections.map((each) => (each.id === record.id ? record : each))
          : [...now.connections, record],
        currentId: isCurrent ? record.id : now.currentId,
      }));
    },
    async remove(id) {
      await change((now) => {
        const connections = now.connections.filter((each) => each.id !== id);
        return { ...now, connections, currentId: now.currentId === id ? (connections[0]?.id ?? null) : now.currentId };
      });
    },
    async select(id) {
      await change((now) => ({ ...now, currentId: find(now, id).id }));
    },
  };
}

function replace(
  stored: StoredConnections,
  id: string,
  next: (now: StoredConnection) => StoredConnection | undefined,
): StoredConnections {
  const before = stored.connections.find((each) => each.id === id);
  const after = before && next(before);
  if (!after || after === before) return stored;
  return { ...stored, connections: stored.connections.map((each) => (each === before ? after : each)) };
}

function find(stored: StoredConnections, id: string): StoredConnection {
  const record = stored.connections.find((each) => each.id === id);
  if (!record) throw new AppError('not-found');
  return record;
}
