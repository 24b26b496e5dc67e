import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Where Linux distributions put their Javas side by side. */
const javaFolders = ['/usr/lib/jvm'];

export interface Java {
  /** What JAVA_HOME names. */
  readonly home: string;
  readonly major: number;
}

/** JAVA_HOME, else the newest that is installed or on the PATH; from `oldest` on. */
export function findJava(oldest: number, environment: NodeJS.ProcessEnv = process.env): Java | undefined {
  const named = environment['JAVA_HOME'];
  const homes = named ? [named] : [...listInstalled(), ...listOnPath(environment['PATH'] ?? '')];
  const javas = homes.flatMap((home) => readJava(home) ?? []).filter(({ major }) => major >= oldest);
  return javas.sort((a, b) => b.major - a.major)[0];
}

function listInstalled(): string[] {
  return javaFolders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
}

function listOnPath(path: string): string[] {
  const programs = path.split(delimiter).map((folder) => join(folder, 'java'));
  return programs.filter((program) => existsSync(program)).map((program) => dirname(dirname(realpathSync(program))));
}

/** From its `release` file, which tells the version without starting it. */
function readJava(home: string): Java | undefined {
  const file = join(home, 'release');
  if (!existsSync(file) || !existsSync(join(home, 'bin', 'java'))) return undefined;
  const [, major] = /^JAVA_VERSION="(\d+)/m.exec(readFileSync(file, 'utf8')) ?? [];
  return major === undefined ? undefined : { home, major: Number(major) };
}
