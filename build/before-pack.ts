import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Arch, type AfterPackContext } from 'electron-builder';

type Context = Pick<AfterPackContext, 'arch' | 'electronPlatformName'> & {
  readonly packager: Pick<AfterPackContext['packager'], 'projectDir'>;
};

/**
 * Packages of the product whose shared library comes in a package for each system. npm installs the one for the
 * machine it runs on. The browser shell's @napi-rs/keyring is in no package of the app.
 */
export const nativePackages = ['@node-rs/argon2'] as const;

/** As these packages name what Electron's builder calls otherwise. */
const architectures: Readonly<Partial<Record<Arch, readonly string[]>>> = {
  [Arch.x64]: ['x64'],
  [Arch.arm64]: ['arm64'],
  [Arch.ia32]: ['ia32'],
  [Arch.armv7l]: ['arm'],
  [Arch.universal]: ['x64', 'arm64'],
};

/**
 * Stops a packing for another system or processor than this machine's: the demo service would fail with each call,
 * on the person's computer alone. Errors: one that names what is missing.
 */
export function beforePack({ arch, electronPlatformName, packager }: Context): void {
  const wanted = (architectures[arch] ?? [Arch[arch]]).flatMap((name) =>
    nativePackages.map((nativePackage) => `${nativePackage}-${electronPlatformName}-${name}`),
  );
  const missing = wanted.filter((name) => !isInstalled(join(packager.projectDir, 'node_modules'), name));
  if (missing.length === 0) return;
  throw new Error(
    `${missing.join(', ')} is not installed here, so the app would start without it. Each package is built on the system and processor it is for.`,
  );
}

/** Also under a name that ends with the kind of C library or compiler: `-gnu`, `-musl`, `-msvc`. */
function isInstalled(folder: string, name: string): boolean {
  try {
    const own = name.slice(dirname(name).length + 1);
    return readdirSync(join(folder, dirname(name))).some((entry) => entry === own || entry.startsWith(`${own}-`));
  } catch {
    return false;
  }
}
