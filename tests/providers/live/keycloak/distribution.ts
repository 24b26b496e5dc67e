import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { makeOnce } from '../../../support/make-once.ts';

// Keycloak itself: the one that KEYCLOAK_HOME names, else the ordinary artifact by Maven, as it is set up here.

/** KEYCLOAK_VERSION asks for another. */
const version = '26.7.3';

export interface Distribution {
  readonly home: string;
  readonly version: string;
}

/** Or why there is none. */
export type FoundDistribution = Distribution | { readonly missing: string };

export async function findDistribution(environment: NodeJS.ProcessEnv = process.env): Promise<FoundDistribution> {
  const named = environment['KEYCLOAK_HOME'];
  if (named) return readDistribution(named) ?? { missing: `KEYCLOAK_HOME has no Keycloak: ${named}` };
  const wanted = environment['KEYCLOAK_VERSION'] ?? version;
  try {
    const folder = await makeOnce({
      name: 'keycloak',
      sources: [],
      texts: [wanted],
      make: (to) => fetchTo(to, wanted),
    });
    return readDistribution(join(folder, `keycloak-${wanted}`)) ?? { missing: `no Keycloak in ${folder}` };
  } catch (error) {
    return { missing: explain(error) };
  }
}

function readDistribution(home: string): Distribution | undefined {
  if (!existsSync(join(home, 'bin', 'kc.sh'))) return undefined;
  const [, version = 'unknown'] = /Version (\S+)/.exec(readFileSync(join(home, 'version.txt'), 'utf8')) ?? [];
  return { home, version };
}

async function fetchTo(folder: string, wanted: string): Promise<void> {
  const artifact = `org.keycloak:keycloak-quarkus-dist:${wanted}:zip`;
  const goal = ['dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  // It leaves a note in the folder that it runs in.
  await promisify(execFile)('mvn', ['--batch-mode', '--quiet', ...goal], { cwd: folder });
}

function explain(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return 'KEYCLOAK_HOME names no Keycloak, and Maven (mvn) is not there to bring one';
  const { stdout = '' } = error as { stdout?: string };
  const [line = String(error)] = /(?<=ERROR\] ).*$/m.exec(stripVTControlCharacters(stdout)) ?? [];
  return `Maven brings no Keycloak: ${line.slice(0, 300)}`;
}
