import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';

const root = join(import.meta.dirname, '../../..');
const packageFolder = join(root, 'node_modules/electron');

/** Why these specs can not run here; undefined if they can. Looks only: to ask the package would start a download. */
export function whyNot(): string | undefined {
  if (!existsSync(join(packageFolder, 'path.txt')) || !existsSync(binary()))
    return "Electron's binary is not installed (npx install-electron)";
  if (!existsSync(join(root, 'dist/main/main.js'))) return 'the app is not built (npm run build)';
  return undefined;
}

function binary(): string {
  return join(packageFolder, 'dist', readFileSync(join(packageFolder, 'path.txt'), 'utf8'));
}

/** Runs the built app in a data folder of its own, which goes with it. */
export async function withApp(act: (app: ElectronApplication) => Promise<void>): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'profile-desk-e2e-'));
  const app = await _electron.launch({ executablePath: binary(), args: [root, '--data-dir', dataFolder] });
  try {
    await act(app);
  } finally {
    await app.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}
