import type { Release } from '../electron/services/ports.ts';

/**
 * What a package is told of itself. `builtOn`: day as YYYY-MM-DD, by `npm run package`; a build from source has none,
 * is as new as its checkout, and is told nothing. `homepage`: a URL; one under `.example` (RFC 2606) is a placeholder
 * that can never lead anywhere. `clientIds`: JSON, as in `{"https://github.com": "Ov23…"}`. Errors: Error, where it is
 * none.
 */
export function releaseFacts(builtOn: string | undefined, homepage: string, clientIds = '{}'): Release | null {
  if (!builtOn) return null;
  const isPlaceholder = /(^|\.)example$/.test(new URL(homepage).hostname);
  const known = readClientIds(clientIds);
  return {
    builtOn,
    newVersionsAt: isPlaceholder ? null : homepage,
    ...(Object.keys(known).length > 0 && { clientIds: known }),
  };
}

function readClientIds(text: string): Readonly<Record<string, string>> {
  const entries: [string, unknown][] = Object.entries(JSON.parse(text || '{}') as Record<string, unknown>);
  for (const [address, clientId] of entries) {
    const isAddress = URL.parse(address)?.protocol === 'https:' && !address.endsWith('/');
    if (!isAddress || typeof clientId !== 'string' || !/^[\x21-\x7e]{1,500}$/.test(clientId))
      throw new Error(
        `PROFILE_DESK_CLIENT_IDS: ${address} is no https address without a slash at its end, or has no client ID`,
      );
  }
  return Object.fromEntries(entries) as Record<string, string>;
}
