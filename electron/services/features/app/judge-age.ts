import type { AppSnapshot } from '../../../../shared/contract/app.ts';
import type { Release } from '../../ports.ts';

const week = 7 * 24 * 60 * 60 * 1_000;
/** Chromium's security fixes come every few weeks; this is two of its major versions. */
const tooOldAfterWeeks = 8;
/** A clock that is years ahead is no reason to tell a person of hundreds of weeks. */
const maxWeeks = 520;

/**
 * How old this copy is, if that is much. The clock of this computer alone decides: no request tells anybody that the
 * app is in use.
 * `now`: milliseconds since the epoch.
 */
export function judgeAge(release: Release | undefined, now: number): AppSnapshot['age'] {
  if (!release) return null;
  const weeks = Math.floor((now - Date.parse(release.builtOn)) / week);
  if (!(weeks >= tooOldAfterWeeks && weeks <= maxWeeks)) return null;
  return { weeks, newVersionsAt: release.newVersionsAt };
}
