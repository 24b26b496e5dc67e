import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { awaitAnswer } from '../../../support/await-answer.ts';
import { freePort } from '../../../support/free-port.ts';
import { spawnWatched } from '../../../support/spawned.ts';
import { makeTempFolder } from '../../../support/temp-folder.ts';
import { oidcProvider, type KratosServer } from '../../kratos/kratos-server.ts';
import { personSchema, schemaId } from '../../kratos/person-schema.ts';

// Ory Kratos, where whoever runs the tests has it: its program on the PATH, or named by KRATOS_BINARY. It has to be one
// that can use SQLite.

function findBinary(): string | undefined {
  const named = process.env['KRATOS_BINARY'];
  if (named) return existsSync(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'kratos')).find((path) => existsSync(path));
}

/** Why it cannot be started here, for the name of what is skipped; undefined if it can. */
export function whyNoKratos(): string | undefined {
  return findBinary() === undefined ? 'no kratos on the PATH, nor named by KRATOS_BINARY' : undefined;
}

export interface RealKratos extends KratosServer, AsyncDisposable {
  readonly version: string;
}

interface KratosOptions {
  /** How a forgotten password is mended: by a link of a mail, or by a code that is typed. */
  readonly recovery?: 'link' | 'code';
}

/** With nobody in it. Mails are made, and sent nowhere. */
export async function startKratos({ recovery = 'link' }: KratosOptions = {}): Promise<RealKratos> {
  const binary = findBinary();
  if (binary === undefined) throw new Error(whyNoKratos());
  const folder = makeTempFolder();
  const database = join(folder.path, 'kratos.db');
  const [publicPort, adminPort] = [await freePort(), await freePort()];
  const file = join(folder.path, 'kratos.json');
  writeFileSync(file, JSON.stringify(configuration({ database, publicPort, adminPort, recovery })));
  // It sends figures of its use home, unless told not to.
  const environment = { ...process.env, SQA_OPT_OUT: 'true' };
  await spawnWatched(binary, ['migrate', 'sql', '--yes', '--config', file, dsnOf(database)], environment).ended;
  const server = spawnWatched(binary, ['serve', '--config', file, '--dev', '--sqa-opt-out'], environment);
  const [address, admin] = [`http://127.0.0.1:${publicPort}`, `http://127.0.0.1:${adminPort}`];
  await awaitAnswer(server, `${address}/health/ready`);
  const { version } = (await (await fetch(`${admin}/version`)).json()) as { readonly version: string };
  return {
    ...{ address, admin, version },
    ageSignIns(seconds) {
      using opened = new DatabaseSync(database, { timeout: 5_000 });
      opened.prepare(`UPDATE sessions SET authenticated_at = datetime(authenticated_at, ?)`).run(`-${seconds} seconds`);
    },
    endSessionsIn(seconds) {
      using opened = new DatabaseSync(database, { timeout: 5_000 });
      opened.prepare(`UPDATE sessions SET expires_at = datetime('now', ?)`).run(`+${seconds} seconds`);
    },
    expireForms() {
      using opened = new DatabaseSync(database, { timeout: 5_000 });
      for (const form of ['settings', 'login'])
        opened.exec(`UPDATE selfservice_${form}_flows SET expires_at = datetime('now', '-1 hour')`);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

function dsnOf(database: string): string {
  return `sqlite://${database}?_fk=true&mode=rwc`;
}

interface Values extends Required<KratosOptions> {
  readonly database: string;
  readonly publicPort: number;
  readonly adminPort: number;
}

/** Cheap hashes, nothing outside this computer, and each part of the settings form that the app knows. */
function configuration({ database, publicPort, adminPort, recovery }: Values): object {
  const own = `http://127.0.0.1:${publicPort}`;
  const schema = `base64://${Buffer.from(JSON.stringify(personSchema)).toString('base64')}`;
  const secret = '0123456789abcdef0123456789abcdef';
  return {
    dsn: dsnOf(database),
    log: { level: 'warning' },
    serve: {
      public: { host: '127.0.0.1', port: publicPort, base_url: `${own}/` },
      admin: { host: '127.0.0.1', port: adminPort, base_url: `http://127.0.0.1:${adminPort}/` },
    },
    identity: { default_schema_id: schemaId, schemas: [{ id: schemaId, url: schema }] },
    selfservice: {
      default_browser_return_url: `${own}/done`,
      methods: methods(own),
      flows: {
        error: { ui_url: `${own}/ui/error` },
        login: { ui_url: `${own}/ui/login` },
        settings: { ui_url: `${own}/ui/settings`, privileged_session_max_age: '5m', required_aal: 'highest_available' },
        recovery: { enabled: true, ui_url: `${own}/ui/recovery`, use: recovery },
        registration: { enabled: false },
      },
    },
    session: { lifespan: '24h', whoami: { required_aal: 'highest_available' } },
    secrets: { cookie: [secret], cipher: [secret] },
    hashers: { algorithm: 'bcrypt', bcrypt: { cost: 4 } },
    courier: { smtp: { connection_uri: 'smtp://127.0.0.1:1/?disable_starttls=true' } },
  };
}

function methods(own: string): object {
  const isOn = { enabled: true };
  // Never asked: what it would say of a person is mapped all the same, or Kratos does not start.
  const mapper = 'local claims = std.extVar("claims"); { identity: { traits: { email: claims.email } } }';
  const provider = {
    ...{
      id: oidcProvider.id,
      label: oidcProvider.label,
      provider: 'generic',
      client_id: 'desk',
      client_secret: 'none',
    },
    ...{ issuer_url: `${own}/nobody`, scope: ['openid'] },
    mapper_url: `base64://${Buffer.from(mapper).toString('base64')}`,
  };
  return {
    password: { ...isOn, config: { haveibeenpwned_enabled: false } },
    totp: { ...isOn, config: { issuer: 'Example' } },
    lookup_secret: isOn,
    profile: isOn,
    link: isOn,
    code: isOn,
    passkey: { ...isOn, config: { rp: { id: 'localhost', display_name: 'Example', origins: ['http://localhost'] } } },
    oidc: { ...isOn, config: { providers: [provider] } },
  };
}
