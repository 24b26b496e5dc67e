import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './build.ts';
import { root, runNode, runTool } from './tools.ts';

// npm start: the app in Electron or, where that can not be had, the same app in a browser window.

const electronFolder = join(root, 'node_modules', 'electron');
/** Milliseconds. Electron is about 120 MB. */
const downloadDeadline = 90_000;

const args = process.argv.slice(2);
if (await buildIfStale()) {
  const obstacle = await findObstacle();
  if (obstacle) console.log(`${obstacle} Starting the same app in the browser instead.\n`);
  const result = obstacle
    ? await runNode(join(root, 'preview', 'main.ts'), args, { output: 'shown' })
    : await runTool('electron', ['.', ...args], { output: 'shown' });
  if (!result.ok) process.exitCode = 1;
} else {
  process.exitCode = 1;
}

/** Why Electron can not run here, in one sentence, or undefined. Fetches its binary if only that is missing. */
async function findObstacle(): Promise<string | undefined> {
  if (process.platform === 'linux') {
    if (process.getuid?.() === 0) return 'Electron does not run as root without giving up its sandbox.';
    if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
      return 'There is no display for an Electron window.';
  }
  if (hasElectronBinary()) return undefined;
  console.log('Fetching Electron once (about 120 MB, at most 90 s; `npm run start:browser` does without) ...');
  const { ok } = await runTool('electron-install', [], { output: 'kept', deadline: downloadDeadline });
  return ok && hasElectronBinary() ? undefined : 'The Electron binary could not be fetched.';
}

function hasElectronBinary(): boolean {
  const pathFile = join(electronFolder, 'path.txt');
  return existsSync(pathFile) && existsSync(join(electronFolder, 'dist', readFileSync(pathFile, 'utf8')));
}
