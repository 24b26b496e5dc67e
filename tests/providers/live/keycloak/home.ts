import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeOnce } from '../../../support/make-once.ts';
import type { Distribution } from './distribution.ts';
import type { Java } from './java.ts';

// Keycloak writes to its own folder, at its first start even its own code ("augmentation", which takes most of the
// time). So the distribution stays as it came, a copy is built once, and each server has a home of its own.

/** A database in memory, and no cluster: fixed when it is built. */
const buildOptions = ['--db=dev-mem', '--cache=local'];

const ownFolders = ['bin', 'conf', 'providers', 'themes'];
/** Of `lib`, what the build changes; the rest is 170 MB that nothing writes to. */
const builtFiles = ['app', 'quarkus', 'quarkus-run.jar'];

/** Copies `distribution` to `home`, with the built code and the realm files' folder. */
export async function makeHome(home: string, distribution: Distribution, java: Java): Promise<void> {
  const built = await makeOnce({
    name: 'keycloak-built',
    sources: [],
    texts: [distribution.home, distribution.version, String(java.major), ...buildOptions],
    make: (folder) => build(folder, distribution.home, java),
  });
  copyAll(ownFolders, built, home);
  symlinkSync(join(built, 'lib'), join(home, 'lib'));
  mkdirSync(join(home, 'data', 'import'), { recursive: true });
}

async function build(folder: string, distribution: string, java: Java): Promise<void> {
  copyAll(ownFolders, distribution, folder);
  mkdirSync(join(folder, 'lib'));
  copyAll(builtFiles, join(distribution, 'lib'), join(folder, 'lib'));
  symlinkSync(join(distribution, 'lib', 'lib'), join(folder, 'lib', 'lib'));
  await promisify(execFile)('sh', [join(folder, 'bin', 'kc.sh'), 'build', ...buildOptions], {
    env: { ...process.env, JAVA_HOME: java.home },
  });
}

function copyAll(names: readonly string[], from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of names) cpSync(join(from, name), join(to, name), { recursive: true });
}
