import type { FieldErrorCode } from './contract/errors.ts';

/** Quota alerts (W5): how many thresholds there may be. */
export const maxThresholds = 3;

/** What is wrong with each threshold, in percent of the quota; null stands for one that is not filled in. */
export function thresholdFaults(percents: readonly (number | null)[]): (FieldErrorCode | undefined)[] {
  return percents.map((percent, at) => faultOf(percent, percents.slice(0, at)));
}

function faultOf(percent: number | null, earlier: readonly (number | null)[]): FieldErrorCode | undefined {
  if (percent === null) return 'required';
  if (!Number.isInteger(percent)) return 'not-valid';
  if (percent < 1 || percent > 100) return 'out-of-range';
  return earlier.includes(percent) ? 'duplicate' : undefined;
}
