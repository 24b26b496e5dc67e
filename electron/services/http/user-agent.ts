import { arch, platform, release } from 'node:os';

/** What a provider lists as the device of a session (E8): product, operating system with version, CPU. */
export function describeClient(version: string): string {
  return `ProfileDesk/${version} (${systemName()}; ${arch()})`;
}

function systemName(): string {
  // Windows calls 10 and 11 both "NT 10.0"; macOS reports the version of its kernel.
  if (platform() === 'win32') return `Windows NT ${release().split('.').slice(0, 2).join('.')}`;
  return `${platform() === 'darwin' ? 'macOS; Darwin' : 'Linux'} ${/^[\d.]+/.exec(release())?.[0] ?? ''}`.trim();
}
