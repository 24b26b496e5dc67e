import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const platformPaths: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

export interface ElectronPlace {
  /** Absolute: where the binary is, or will be once it is fetched. */
  readonly binary: string;
  readonly isThere: boolean;
  /** The folder is the person's own, named by ELECTRON_OVERRIDE_DIST_PATH: nothing is fetched into it. */
  readonly isOverridden: boolean;
}

/** Where the package `electron` looks for its binary: the rule of its index.js, without the download. */
export function findElectron(
  root: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): ElectronPlace {
  const packageFolder = join(root, 'node_modules', 'electron');
  const pathFile = join(packageFolder, 'path.txt');
  // Written when everything is unpacked: without it the folder may hold half an Electron.
  const isUnpacked = existsSync(pathFile);
  const name = isUnpacked ? readFileSync(pathFile, 'utf8') : (platformPaths[platform] ?? 'electron');
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const binary = join(override || join(packageFolder, 'dist'), name);
  return { binary, isThere: (isUnpacked || Boolean(override)) && existsSync(binary), isOverridden: Boolean(override) };
}
