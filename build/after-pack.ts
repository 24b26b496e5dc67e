import { join } from 'node:path';
import { getCurrentFuseWire } from '@electron/fuses';
import type { AfterPackContext } from 'electron-builder';
import { decideFuses, findFuseFaults } from './fuses.ts';

type Context = Pick<AfterPackContext, 'appOutDir' | 'electronPlatformName' | 'packager'>;

/**
 * Sets the fuses that electron-builder.yml decides and reads them back from the binary. electron-builder sets the
 * same ones once more right after this hook, but has no later hook that runs on every platform.
 * Errors: one with every fuse that is not as decided; it ends the packing.
 */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const decided = decideFuses(context.packager.config.electronFuses ?? {});
  await context.packager.addElectronFuses(context, decided);
  const faults = findFuseFaults(await getCurrentFuseWire(binaryOf(context)), decided);
  if (faults.length > 0) throw new Error(`Fuses are not as decided: ${faults.join('; ')}`);
}

const extensions: Readonly<Record<string, string>> = { darwin: '.app', win32: '.exe' };

function binaryOf({ appOutDir, electronPlatformName, packager }: Context): string {
  // Only the packager for Linux has a name of its own for the binary.
  const name = 'executableName' in packager ? String(packager.executableName) : packager.appInfo.productFilename;
  return join(appOutDir, `${name}${extensions[electronPlatformName] ?? ''}`);
}
