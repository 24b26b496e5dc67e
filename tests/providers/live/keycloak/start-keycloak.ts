import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../support/free-port.ts';
import { spawnWatched, type Spawned } from '../../../support/spawned.ts';
import { makeTempFolder } from '../../../support/temp-folder.ts';
import { makeRealms } from '../../keycloak/realm.ts';
import { KeycloakAdmin } from './admin.ts';
import { findDistribution } from './distribution.ts';
import { makeHome } from './home.ts';
import { findJava, type Java } from './java.ts';
import { seedStaff } from './seed.ts';

// A real Keycloak on this computer: started with the realms of these tests, seeded, stopped.

interface Keycloak extends AsyncDisposable {
  readonly version: string;
  /** Its address, without a path. */
  readonly base: string;
}

/** Or why there is none here. */
export type StartedKeycloak = Keycloak | { readonly missing: string };

/** Milliseconds from the start of the process: 20 s on two calm cores, much more beside other work. */
const deadline = 300_000;
const oldestJava = 21;
const administrator = { username: 'administrator', password: 'only-on-this-computer' };

/** Where it cannot be had, the reason is for the skip; a Keycloak that does not come up is an error. */
export async function startKeycloak(): Promise<StartedKeycloak> {
  if (process.platform === 'win32') return { missing: 'it is started by a script for sh' };
  const java = findJava(oldestJava);
  if (!java) return { missing: `no Java ${String(oldestJava)} or newer (JAVA_HOME names one)` };
  const distribution = await findDistribution();
  if ('missing' in distribution) return distribution;
  const folder = makeTempFolder();
  const base = `http://127.0.0.1:${String(await freePort())}`;
  await makeHome(folder.path, distribution, java);
  writeRealms(folder.path, base);
  const server = spawn(folder.path, base, java);
  const stop = async () => {
    await server[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  };
  try {
    await server.waitFor(/Listening on: http/, deadline);
    await seedStaff(openAdmin(base));
    return { version: distribution.version, base, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export function openAdmin(base: string): KeycloakAdmin {
  return new KeycloakAdmin(base, administrator);
}

function writeRealms(home: string, base: string): void {
  for (const realm of makeRealms(base))
    writeFileSync(join(home, 'data', 'import', `${String(realm['realm'])}-realm.json`), JSON.stringify(realm));
}

function spawn(home: string, base: string, java: Java): Spawned {
  const { hostname, port } = new URL(base);
  const options = [
    `--http-host=${hostname}`,
    `--http-port=${port}`,
    '--http-enabled=true',
    // It answers under any name, with an issuer of that name: passkeys need `localhost`.
    '--hostname-strict=false',
    '--import-realm',
  ];
  const environment = {
    ...process.env,
    JAVA_HOME: java.home,
    // On two cores the better code of the second compiler comes too late to be of use.
    JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
    KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
    KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  };
  const script = join(home, 'bin', 'kc.sh');
  return spawnWatched('sh', [script, 'start', '--optimized', ...options], environment, { withChildren: true });
}
