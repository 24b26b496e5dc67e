import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { createSecretBox, type SecretBox } from '../security/secret-box.ts';
import { forgetDataKey, makeDataKey, readDataKey } from './data-key.ts';
import { makeFolder } from './make-folder.ts';
import { touch } from './plain-file.ts';
import { firstSealedVersion, migrations } from './migrations.ts';

export type Values = Readonly<Record<string, SQLInputValue>>;

/** Thin over node:sqlite: prepared statements by their text, rows typed by the caller (tables are STRICT). */
export interface Database {
  /** For the columns whose content must not lie in the clear. */
  readonly secrets: SecretBox;
  get<Row>(sql: string, values?: Values): Row | undefined;
  all<Row>(sql: string, values?: Values): Row[];
  /** Returns the number of changed rows. */
  run(sql: string, values?: Values): number;
  /** All or nothing; may be nested, the outermost decides. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** A data folder or database that cannot be used; `reason` is for the person who chose the folder. */
export class StorageError extends Error {
  readonly reason: 'disk-full' | 'folder-read-only' | 'other-key' | 'other';

  constructor(reason: StorageError['reason'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StorageError';
    this.reason = reason;
  }
}

/**
 * Opens `<folder>/<name>.db` with its key `<folder>/<name>.key`, making folder, files (all for their owner alone)
 * and schema where they are missing. With a key from elsewhere (32 bytes) there is no key file, and one that an earlier
 * run left goes. Errors: StorageError.
 */
export function openDatabase(folder: string, name: string, givenKey?: Uint8Array): Database {
  let connection: DatabaseSync | undefined;
  try {
    makeFolder(folder);
    const file = join(folder, `${name}.db`);
    // SQLite gives its journals the mode of the database; an empty file is an empty database.
    touch(file);
    connection = new DatabaseSync(file, { timeout: 5_000 });
    // FULL: an acknowledged change survives a power cut, not only a crash of this process.
    connection.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;',
    );
    refuseNewer(connection);
    const keyFile = join(folder, `${name}.key`);
    const database = wrap(connection, givenKey ? createSecretBox(givenKey) : openSecrets(connection, keyFile));
    refuseForeignKey(
      database,
      versionOf(connection),
      givenKey ? 'the key that was given' : `${name}.key`,
      `${name}.db`,
    );
    migrate(connection, database);
    if (givenKey) forgetDataKey(keyFile);
    return database;
  } catch (error) {
    connection?.close();
    throw error instanceof StorageError ? error : toStorageError(folder, error);
  }
}

function versionOf(connection: DatabaseSync): number {
  return (connection.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function refuseNewer(connection: DatabaseSync): void {
  if (versionOf(connection) > migrations.length) {
    throw new StorageError('other', 'the data was written by a newer version of this server', undefined);
  }
}

/** A lost key is not replaced: what it sealed would be lost without anybody being told. */
function openSecrets(connection: DatabaseSync, file: string): SecretBox {
  const key = readDataKey(file);
  if (!key && versionOf(connection) >= firstSealedVersion) throw otherKey(`the key file ${file} is missing`);
  return createSecretBox(key ?? makeDataKey(file));
}

function refuseForeignKey(database: Database, version: number, key: string, file: string): void {
  if (version < firstSealedVersion) return;
  const { id } = database.get<{ id: string }>('SELECT id FROM data_key') ?? {};
  if (id !== database.secrets.keyId) throw otherKey(`${key} is not the key of ${file}`);
}

function otherKey(message: string): StorageError {
  return new StorageError('other-key', message, undefined);
}

function wrap(connection: DatabaseSync, secrets: SecretBox): Database {
  const statements = new Map<string, StatementSync>();
  function prepared(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    const made = connection.prepare(sql);
    statements.set(sql, made);
    return made;
  }
  return {
    secrets,
    get: <Row>(sql: string, values: Values = {}) => prepared(sql).get(values) as Row | undefined,
    all: <Row>(sql: string, values: Values = {}) => prepared(sql).all(values) as Row[],
    run: (sql, values = {}) => Number(prepared(sql).run(values).changes),
    transaction(work) {
      if (connection.isTransaction) return work();
      connection.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        if (connection.isTransaction) connection.exec('ROLLBACK');
        throw error;
      }
    },
    close() {
      connection.close();
    },
  };
}

/** Every step is one transaction together with its version, so a crash leaves the old schema or the new one. */
function migrate(connection: DatabaseSync, database: Database): void {
  database.transaction(() => {
    // Read again inside the transaction: a second process may have migrated meanwhile.
    const done = versionOf(connection);
    for (const step of migrations.slice(done)) {
      if (typeof step === 'string') connection.exec(step);
      else step(database);
    }
    if (done < migrations.length) connection.exec(`PRAGMA user_version = ${String(migrations.length)}`);
  });
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT']);
/** ENOENT comes from places where nobody can make anything (/proc): every file here is made where it is missing. */
const readOnlyCodes = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT']);
/** Primary result codes of SQLite: https://sqlite.org/rescode.html */
const sqlite = { readOnly: 8, full: 13, cannotOpen: 14 };

export function toStorageError(folder: string, error: unknown): StorageError {
  if (isDiskFull(error)) return new StorageError('disk-full', `no space left for the data folder ${folder}`, error);
  const { code, errcode } = facts(error);
  if (readOnlyCodes.has(code) || errcode === sqlite.readOnly || errcode === sqlite.cannotOpen) {
    return new StorageError('folder-read-only', `the data folder ${folder} cannot be written to`, error);
  }
  const text = error instanceof Error ? error.message : String(error);
  return new StorageError('other', `the data in ${folder} cannot be opened: ${text}`, error);
}

export function isDiskFull(error: unknown): boolean {
  const { code, errcode } = facts(error);
  return fullCodes.has(code) || errcode === sqlite.full;
}

function facts(error: unknown): { readonly code: string; readonly errcode: number } {
  const { code, errcode } = Object(error) as { code?: unknown; errcode?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    // The low byte is the primary code; the rest only refines it.
    errcode: typeof errcode === 'number' ? errcode & 0xff : 0,
  };
}
