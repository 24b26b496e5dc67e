import { maxThresholds, thresholdFaults } from '../../../shared/thresholds.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { Threshold, TypedThreshold } from './notifications.schemas.ts';

/** The thresholds as they will be kept: ascending. Errors: Problem invalid, with every fault. */
export function checkThresholds(typed: readonly TypedThreshold[]): Threshold[] {
  const errors: FieldProblem[] =
    typed.length > maxThresholds ? [{ field: 'thresholds', code: 'too-many', limit: maxThresholds }] : [];
  for (const [at, code] of thresholdFaults(typed.map(({ percent }) => percent)).entries()) {
    if (code) errors.push({ field: `thresholds.${String(at)}.percent`, code });
  }
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return typed.map(({ percent, byMail }) => ({ percent: percent ?? 0, byMail })).sort((a, b) => a.percent - b.percent);
}
