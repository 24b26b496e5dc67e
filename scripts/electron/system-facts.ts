import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SystemFacts } from './obstacles.ts';

/**
 * Reads the facts of this computer. `binary`: Electron's, which may not be there yet. Takes some tens of milliseconds.
 */
export function readSystemFacts(binary: string, environment: NodeJS.ProcessEnv = process.env): SystemFacts {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasDisplay: Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']),
    apparmorRestrictsNamespaces: readSwitch('kernel/apparmor_restrict_unprivileged_userns'),
    unprivilegedNamespaces: readSwitch('kernel/unprivileged_userns_clone'),
    maxNamespaces: readSwitch('user/max_user_namespaces'),
    unshare: tryUnshare(),
    hasAppArmorProfile: hasAppArmorProfile(binary),
    helper: readHelper(join(dirname(binary), 'chrome-sandbox')),
    missingLibraries: listMissingLibraries(binary),
  };
}

function readSwitch(name: string): string | undefined {
  return readText(join('/proc/sys', name))?.trim();
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function tryUnshare(): SystemFacts['unshare'] {
  const { error, status } = spawnSync('unshare', ['-Ur', 'true'], { stdio: 'ignore', timeout: 5_000 });
  if (error) return 'not installed';
  return status === 0 ? 'works' : 'fails';
}

/**
 * Whether a profile names this binary and gives it user namespaces. https://apparmor.net: apparmor.d(5), rule `userns`
 */
export function hasAppArmorProfile(binary: string, folder = '/etc/apparmor.d'): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const text = entry.isFile() ? (readText(join(folder, entry.name)) ?? '') : '';
      return text.includes(binary) && /^\s*userns\b/m.test(text);
    });
  } catch {
    return false;
  }
}

/** Mode 4755 and owner root are what Chromium asks of it before it trusts it. */
export function readHelper(path: string): SystemFacts['helper'] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return { path, state: 'absent' };
  return { path, state: stats.uid === 0 && (stats.mode & 0o7777) === 0o4755 ? 'root:4755' : 'other' };
}

function listMissingLibraries(binary: string): string[] {
  // Nothing to say where there is no `ldd` (musl, another system) or no binary yet.
  const { stdout } = spawnSync('ldd', [binary], { encoding: 'utf8', timeout: 10_000 });
  return parseMissingLibraries(stdout ?? '');
}

/** `output`: that of ldd, one `NAME => PATH (ADDRESS)` or `NAME => not found` a line. */
export function parseMissingLibraries(output: string): string[] {
  return [...new Set([...output.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name))];
}
