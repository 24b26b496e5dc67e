import type { Agent } from '../../../provider/account-sessions.ts';
import { macOsOf } from './darwin.ts';

/**
 * A product that Qt names (QSysInfo::productType) and its kernel, behind the brand: "(Nextcloud,
 * ubuntu-6.8.0-49-generic Client…".
 */
const stated = /\bmirall\/[^,]*, (?<product>[a-z]+)[a-z-]*?(?:-(?<kernel>\d[\w.-]*))?(?= |\)|$)/i;

/**
 * What the desktop clients of Nextcloud and ownCloud name where no product is stated: "Mozilla/5.0 (Windows)
 * mirall/3.8.1".
 */
const platform = /^mozilla\/5\.0 \((?<platform>windows|mac|linux)\w*\) mirall\//i;

const distributions = new Map([
  ['ubuntu', 'Ubuntu'],
  ['debian', 'Debian'],
  ['fedora', 'Fedora'],
  ['arch', 'Arch'],
  ['manjaro', 'Manjaro'],
  ['opensuse', 'SUSE'],
  ['suse', 'SUSE'],
  ['linuxmint', 'Mint'],
  ['gentoo', 'Gentoo'],
  ['centos', 'CentOS'],
  ['redhat', 'RedHat'],
  ['rhel', 'RedHat'],
]);

/**
 * The system of a sync client (mirall: desktop client of Nextcloud and ownCloud), or null for any other program. The
 * number that it sends is always the kernel's: it tells the version of Windows and macOS, and nothing of a Linux
 * release.
 */
export function readMirall(text: string): Agent['os'] | null {
  const { product = '', kernel = '' } = stated.exec(text)?.groups ?? {};
  if (product === '') return readPlatform(text);
  const name = product.toLowerCase();
  if (name.startsWith('win')) return { name: 'Windows', version: windowsOf(kernel) };
  if (/^(?:osx|macos|darwin)$/.test(name)) return { name: 'Mac OS', version: macOsOf(Number.parseInt(kernel, 10)) };
  return { name: distributions.get(name) ?? 'Linux', version: null };
}

function readPlatform(text: string): Agent['os'] | null {
  const name = platform.exec(text)?.groups?.['platform']?.toLowerCase();
  if (name === undefined) return null;
  const names: Readonly<Record<string, string>> = { windows: 'Windows', mac: 'Mac OS', linux: 'Linux' };
  return { name: names[name] ?? null, version: null };
}

/** Microsoft kept NT 10.0 for Windows 11, which begins with build 22000. */
function windowsOf(kernel: string): string | null {
  const [, version = '', build = '0'] = /^(?<version>\d+\.\d+)(?:\.(?<build>\d+))?/.exec(kernel) ?? [];
  const older: Readonly<Record<string, string>> = { '6.1': '7', '6.2': '8', '6.3': '8.1' };
  if (version === '10.0') return Number(build) >= 22_000 ? '11' : '10';
  return older[version] ?? null;
}
