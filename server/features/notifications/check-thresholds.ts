import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { Threshold, TypedThreshold } from './notifications.schemas.ts';

const most = 3;

/** The thresholds as they will be kept: ascending. Errors: Problem invalid, with every fault. */
export function checkThresholds(typed: readonly TypedThreshold[]): Threshold[] {
  const errors: FieldProblem[] = typed.length > most ? [{ field: 'thresholds', code: 'too-many', limit: most }] : [];
  const kept = new Map<number, Threshold>();
  for (const [at, { percent, byMail }] of typed.entries()) {
    const code = faultOf(percent, kept);
    if (code) errors.push({ field: `thresholds.${String(at)}.percent`, code });
    else if (percent !== null) kept.set(percent, { percent, byMail });
  }
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return [...kept.values()].sort((a, b) => a.percent - b.percent);
}

function faultOf(percent: number | null, kept: ReadonlyMap<number, Threshold>): FieldProblem['code'] | undefined {
  if (percent === null) return 'required';
  if (!Number.isInteger(percent)) return 'not-valid';
  if (percent < 1 || percent > 100) return 'out-of-range';
  return kept.has(percent) ? 'duplicate' : undefined;
}
