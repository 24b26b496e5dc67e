import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { awaitAnswer } from '../../../support/await-answer.ts';
import { freePort } from '../../../support/free-port.ts';
import { spawnWatched, type Spawned } from '../../../support/spawned.ts';

// glewlwyd: a single sign-on server in C that Debian ships. Nothing of it is ours, and it runs in every npm test.

/** Where the Debian package puts them. */
const modules = '/usr/lib/glewlwyd';
const schema = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';

/** Why it cannot be started here, for the name of what is skipped; undefined if it can. */
export function whyNoGlewlwyd(): string | undefined {
  const isInstalled = (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, 'glewlwyd')));
  if (!isInstalled) return 'no glewlwyd';
  return existsSync(modules) && existsSync(schema) ? undefined : 'glewlwyd lacks the files of its Debian package';
}

export interface Glewlwyd extends Spawned {
  /** Without a slash at its end. */
  readonly address: string;
}

export interface GlewlwydOptions {
  /** Where its configuration and its database are; a second start in the same folder goes on with them. */
  readonly folder: string;
  /** What becomes of a person who deletes the account. */
  readonly deletion?: 'no' | 'delete' | 'disable';
}

/** Starts the server, with nobody in it but its administrator on the first start. It answers when this is over. */
export async function startGlewlwyd({ folder, deletion = 'delete' }: GlewlwydOptions): Promise<Glewlwyd> {
  const database = databaseIn(folder);
  if (!existsSync(database)) makeDatabase(database);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const file = join(folder, 'glewlwyd.conf');
  writeFileSync(file, configuration({ port, address, database, deletion }));
  const server = spawnWatched('glewlwyd', [`--config-file=${file}`]);
  await awaitAnswer(server, `${address}/config`);
  return { ...server, address };
}

/**
 * What years of signing in and out leave behind: sessions of this person that are over. Each sign-in would take the
 * server a tenth of a second.
 */
export function addEndedSessions({ folder }: Pick<GlewlwydOptions, 'folder'>, username: string, count: number): void {
  using database = new DatabaseSync(databaseIn(folder), { timeout: 5_000 });
  const add = database.prepare(
    `INSERT INTO g_user_session (gus_session_hash, gus_username, gus_expiration, gus_last_login, gus_current,
      gus_enabled)
     VALUES (?, ?, 4000000000, 4000000000, 0, 0)`,
  );
  for (let n = 0; n < count; n += 1) add.run(`{SHA512}${username}-${n}`, username);
}

/** As if this person had given the password that long ago, in each of their sessions; seconds. */
export function agePasswords({ folder }: Pick<GlewlwydOptions, 'folder'>, username: string, seconds: number): void {
  using database = new DatabaseSync(databaseIn(folder), { timeout: 5_000 });
  const own = 'SELECT gus_id FROM g_user_session WHERE gus_username = ?';
  database
    .prepare(`UPDATE g_user_session_scheme SET guss_last_login = guss_last_login - ? WHERE gus_id IN (${own})`)
    .run(seconds, username);
}

function databaseIn(folder: string): string {
  return join(folder, 'glewlwyd.db');
}

function makeDatabase(path: string): void {
  using database = new DatabaseSync(path);
  database.exec(readFileSync(schema, 'utf8'));
}

interface Values extends Required<Pick<GlewlwydOptions, 'deletion'>> {
  readonly port: number;
  readonly address: string;
  readonly database: string;
}

/** No `use_secure_connection`: even `false` asks for certificates. */
function configuration({ port, address, database, deletion }: Values): string {
  return `
port=${port}
bind_address="127.0.0.1"
external_url="${address}"
login_url="login.html"
api_prefix="api"
static_files_path="/usr/share/glewlwyd/webapp/"
log_mode="console"
log_level="INFO"
cookie_domain="127.0.0.1"
cookie_secure=0
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
delete_profile="${deletion}"
user_module_path="${modules}/user"
user_middleware_module_path="${modules}/user_middleware"
client_module_path="${modules}/client"
user_auth_scheme_module_path="${modules}/scheme"
plugin_module_path="${modules}/plugin"
hash_algorithm="SHA512"
database={ type="sqlite3" path="${database}" };
`;
}
