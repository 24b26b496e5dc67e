import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  /** Lies inside the archive of another package, whose hash covers it. */
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}
const { '': ownEntry, ...entries } = (JSON.parse(read('package-lock.json')) as { packages: Record<string, LockEntry> })
  .packages;
const pathsWhere = (matches: (entry: LockEntry) => boolean): string[] =>
  Object.entries(entries).flatMap(([path, entry]) => (matches(entry) ? [path] : []));

describe('D6 package-lock.json', () => {
  it('has a SHA-512 of each package, those for other systems too: npm takes what has none as it comes', () => {
    expect(Object.keys(entries).length).toBeGreaterThan(500);
    expect(
      pathsWhere(({ integrity, inBundle }) => !inBundle && !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')),
    ).toEqual([]);
  });

  it('names no registry: each machine uses its own', () => {
    expect(pathsWhere(({ resolved }) => resolved !== undefined)).toEqual([]);
    expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });

  it('belongs to this package.json', () => {
    const { dependencies, devDependencies } = packageJson;
    expect(ownEntry).toMatchObject({ dependencies, devDependencies });
  });
});

describe('D6 dependencies', () => {
  it('are named by their exact version', () => {
    const { dependencies, devDependencies } = packageJson;
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(read('.npmrc')).toContain('save-exact=true');
  });

  it('run a script at installation only where package.json decides it', () => {
    const name = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const withScript = pathsWhere(({ hasInstallScript }) => hasInstallScript === true).map(name);
    expect(withScript.toSorted()).toEqual(Object.keys(packageJson.allowScripts).toSorted());
  });

  it('are developed with the Node that comes along', () => {
    expect(read('.node-version').trim()).toBe(packageJson.devDependencies.node);
  });
});
