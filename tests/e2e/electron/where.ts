import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../../scripts/electron/binary.ts';
import { findElectronObstacle, type SystemFacts } from '../../../scripts/electron/obstacles.ts';
import { readSystemFacts } from '../../../scripts/electron/system-facts.ts';

/** `source`: what `npm start` runs. `packed`: what `npm run package -- --dir` makes. */
export type AppKind = 'source' | 'packed';

export interface Place {
  /** Absolute. */
  readonly binary: string;
  /** What stands before the app's own arguments. */
  readonly args: readonly string[];
}

const root = join(import.meta.dirname, '../../..');

/** Where the app of that kind is, or would be. */
export function findApp(kind: AppKind, { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process): Place {
  return kind === 'source'
    ? { binary: findElectron(root, process.env, platform).binary, args: [root] }
    : { binary: join(root, 'release', packedPath(platform, arch)), args: [] };
}

/** As electron-builder names its folders: x64 is the processor that goes without saying. */
function packedPath(platform: NodeJS.Platform, arch: string): string {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'darwin') return `mac${suffix}/Profile Desk.app/Contents/MacOS/Profile Desk`;
  if (platform === 'win32') return `win${suffix}-unpacked/Profile Desk.exe`;
  return `linux${suffix}-unpacked/profile-desk`;
}

export interface Facts {
  readonly hasBinary: boolean;
  /** What `npm run build` makes; a packed app brings its own. */
  readonly isBuilt: boolean;
  readonly system: SystemFacts;
}

/**
 * Why the app of that kind cannot run here, for the report of a skipped test; undefined if it can. Starts and fetches
 * nothing.
 */
export function whyNot(kind: AppKind, facts: Facts = readFacts(kind)): string | undefined {
  if (!facts.hasBinary)
    return kind === 'source'
      ? "Electron's binary is not installed (node node_modules/electron/install.js)"
      : 'there is no packed app (npm run package -- --dir)';
  if (kind === 'source' && !facts.isBuilt) return 'the app is not built (npm run build)';
  return findElectronObstacle(facts.system);
}

function readFacts(kind: AppKind): Facts {
  const { binary } = findApp(kind);
  const hasBinary = kind === 'source' ? findElectron(root).isThere : existsSync(binary);
  return { hasBinary, isBuilt: existsSync(join(root, 'dist/main/main.js')), system: readSystemFacts(binary) };
}

/**
 * For Playwright's `_electron.launch`. Without `chromiumSandbox` it would put `--no-sandbox` in front on Linux, against
 * which the app protects itself.
 */
export function sourceLaunch(dataFolder: string) {
  const { binary, args } = findApp('source');
  return { executablePath: binary, args: [...args, '--data-dir', dataFolder], chromiumSandbox: true };
}

/**
 * For a packed app, whose fuses keep Playwright's inspector of the main process out: its pages alone, over a port of
 * Chromium's.
 */
export function packedLaunch(dataFolder: string): Place {
  const { binary, args } = findApp('packed');
  return { binary, args: [...args, '--remote-debugging-port=0', '--data-dir', dataFolder] };
}
