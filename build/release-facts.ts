import type { Release } from '../electron/services/ports.ts';

/**
 * What a package is told of itself. `builtOn`: day as YYYY-MM-DD, by `npm run package`; a build from source has none,
 * is as new as its checkout, and is told nothing. `homepage`: a URL; one under `.example` (RFC 2606) is a placeholder
 * that can never lead anywhere.
 */
export function releaseFacts(builtOn: string | undefined, homepage: string): Release | null {
  if (!builtOn) return null;
  const isPlaceholder = /(^|\.)example$/.test(new URL(homepage).hostname);
  return { builtOn, newVersionsAt: isPlaceholder ? null : homepage };
}
