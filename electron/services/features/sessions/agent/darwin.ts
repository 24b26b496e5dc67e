import type { Agent } from '../../../provider/account-sessions.ts';

/**
 * The system behind a Darwin kernel, as Apple's network library and this app state it ("CFNetwork/1490 Darwin/23.2.0").
 * Macs and phones run the same kernel. Through Darwin 19 a Mac added its processor in brackets; since then, without a
 * further sign, the system stays unknown. Null where no Darwin is named.
 */
export function readDarwin(text: string): Agent['os'] | null {
  const major = Number(/\bdarwin[/ ](?<major>\d{1,2})\./i.exec(text)?.groups?.['major'] ?? Number.NaN);
  if (Number.isNaN(major)) return null;
  if (/\bip(?:hone|ad|od)|mobilesafari\/|\bios\b/i.test(text)) return { name: 'iOS', version: iosOf(major) };
  if (/\bmac ?os\b|\bmacintosh\b|\((?:x86_64|i386|power macintosh)\)/i.test(text))
    return { name: 'Mac OS', version: macOsOf(major) };
  return major < 20 ? { name: 'iOS', version: iosOf(major) } : { name: null, version: null };
}

/** Darwin 20 came with macOS 11; from 25 on Apple counts its systems by the year. */
export function macOsOf(darwin: number): string | null {
  if (darwin >= 5 && darwin <= 19) return `10.${darwin - 4}`;
  if (darwin >= 20 && darwin <= 24) return String(darwin - 9);
  return darwin === 25 ? '26' : null;
}

/** Darwin 14 was the kernel of iOS 7 and of iOS 8, so what is older stays unknown. */
function iosOf(darwin: number): string | null {
  if (darwin >= 15 && darwin <= 24) return String(darwin - 6);
  return darwin === 25 ? '26' : null;
}
