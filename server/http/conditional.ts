import { createHash } from 'node:crypto';
import { Problem } from './problem.ts';

/**
 * A strong ETag (RFC 9110, 8.8.3) made from the content itself: equal content means that nothing was lost,
 * whoever wrote it and however often.
 */
export function etagOf(record: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 22)}"`;
}

/** For If-None-Match: weak comparison (RFC 9110, 13.1.2). */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === '*' || tagsOf(ifNoneMatch).some((tag) => tag.replace(/^W\//, '') === etag);
}

/** For If-Match: strong comparison (RFC 9110, 13.1.1). Errors: Problem precondition-required, stale. */
export function checkPrecondition(ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined) throw new Problem('precondition-required');
  if (ifMatch.trim() !== '*' && !tagsOf(ifMatch).includes(etag)) throw new Problem('stale');
}

function tagsOf(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
