import type { AddressInfo } from 'node:net';
import { isLoopback, isSecure } from '../../shared/rules/loopback.ts';

/** Base URL of an address that is listened on, e.g. http://127.0.0.1:40123 or http://[::1]:40123. */
export function addressOf({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}

/**
 * Origins under which clients reach this server: what it listens on, by number and by name, and what it was told of.
 * Never what a request says of it: another service can write that there.
 */
export function ownOrigins(listening: readonly AddressInfo[], publicAddresses: readonly string[]): ReadonlySet<string> {
  const local = listening.flatMap((each) => [addressOf(each), `http://localhost:${String(each.port)}`]);
  // As clients write it: without a port that its scheme has anyway.
  return new Set([...local, ...publicAddresses].map((address) => new URL(address).origin));
}

/** Whether a Host header (RFC 9110, 7.2), name and port, is of one of these origins. */
export function isHostOf(origins: ReadonlySet<string>, host: string): boolean {
  // Nothing else: a URL would take `user@` in front, or a path behind.
  if (!/^[\w.:[\]-]+$/.test(host)) return false;
  // While nothing is listened on, only this process itself can ask.
  if (origins.size === 0) return isLoopback(URL.parse(`http://${host}`)?.hostname ?? '');
  return [...origins].some((origin) => {
    const { protocol, host: own } = new URL(origin);
    return URL.parse(`${protocol}//${host}`)?.host === own;
  });
}

/** Where the links of mails lead, without a slash at its end: the first public address, else one of this computer. */
export function linkBase(listening: readonly AddressInfo[], publicAddresses: readonly string[]): string {
  const [own] = listening.map((each) => addressOf({ ...each, address: wildcards.get(each.address) ?? each.address }));
  return (publicAddresses[0] ?? own ?? 'http://127.0.0.1').replace(/\/+$/, '');
}

/** Listened on everywhere, it is reached here. */
const wildcards: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/** Reads an address that clients know this server by: https, or on this computer. Undefined if it is not like that. */
export function parsePublicAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url && isSecure(url) && !url.username && !url.password && !/[?#]/.test(text) ? text : undefined;
}
